import type { Logger } from 'pino';
import type { EventObserver } from '../activities/observer.js';

/** Writes one line an operational event and one an attempt to send it, and passes both on. */
export function logEvents(logger: Logger, next: EventObserver): EventObserver {
  return {
    raised(event) {
      const { occurrenceId: _, ...facts } = event;
      if (event.type === 'connection.recovered') logger.info(facts, 'event');
      else logger.warn(facts, 'event');
      next.raised(event);
    },
    attempted(attempt) {
      if (attempt.next === 'done') logger.info(attempt, 'event attempt');
      else logger.warn(attempt, attempt.next === 'retry' ? 'event attempt' : 'event undeliverable');
      next.attempted(attempt);
    },
  };
}
