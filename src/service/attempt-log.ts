import type { Logger } from 'pino';
import type { AttemptObserver } from '../activities/observer.js';

/** Writes one line an attempt, and passes it on. */
export function logAttempts(logger: Logger, next: AttemptObserver): AttemptObserver {
  return {
    attempted(attempt) {
      if (attempt.next === 'park') logger.warn(attempt, 'attempt');
      else logger.info(attempt, 'attempt');
      next.attempted(attempt);
    },
  };
}
