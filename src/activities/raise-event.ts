import { eventBody } from '../domain/operational-event.js';
import type { EventOutbox } from '../temporal/event-outbox.js';
import type { EventObserver } from './observer.js';
import type { Activities } from './types.js';

export interface RaiseEventDependencies {
  /** Absent where no receiver is configured: events are then only logged and counted. */
  eventOutbox: EventOutbox | undefined;
  eventObserver: EventObserver;
}

/** `raiseEvent` (local): tells of something that happened, by log, metric and, where configured, webhook. */
export function createRaiseEvent({
  eventOutbox,
  eventObserver,
}: RaiseEventDependencies): Activities['raiseEvent'] {
  return async (event) => {
    await eventOutbox?.post(event, eventBody(event, new Date()));
    eventObserver.raised(event);
  };
}
