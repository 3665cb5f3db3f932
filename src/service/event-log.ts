import type { Logger } from 'pino';
import type { EventObserver } from '../activities/observer.js';

/** Writes one line an operational event, and passes it on. */
export function logEvents(logger: Logger, next: EventObserver): EventObserver {
  return {
    raised(event) {
      const { occurrenceId: _, ...facts } = event;
      if (event.type === 'connection.recovered') logger.info(facts, 'event');
      else logger.warn(facts, 'event');
      next.raised(event);
    },
  };
}
