import { activityInfo } from '@temporalio/activity';
import type { EventReception, EventSender } from '../events/event-sender.js';
import { eventRetryDelayMs } from '../events/retry-delay.js';
import { eventFailure } from './failures.js';
import type { EventObserver } from './observer.js';
import type { Activities } from './types.js';

export interface PostEventDependencies {
  /** Absent where no receiver is configured (any more). */
  eventSender: EventSender | undefined;
  /** Pause after the first failed attempt, in milliseconds. */
  eventRetryInitialMs: number;
  eventObserver: EventObserver;
}

/** `postEvent` (regular): one attempt to tell of an event. */
export function createPostEvent(dependencies: PostEventDependencies): Activities['postEvent'] {
  const { eventSender, eventRetryInitialMs, eventObserver } = dependencies;
  return async ({ id, body }) => {
    const { attempt, workflowExecution } = activityInfo();
    const reception: EventReception = eventSender ? await eventSender.send(id, body) : { status: 'gone' };
    const attempted = {
      workflowId: workflowExecution?.workflowId,
      attempt,
      status: 'httpStatus' in reception ? reception.httpStatus : undefined,
    };
    if (reception.status === 'taken') {
      eventObserver.attempted({ ...attempted, next: 'done' });
      return 'sent';
    }
    const retryInMs =
      reception.status === 'gone'
        ? undefined
        : eventRetryDelayMs(attempt, eventRetryInitialMs, reception.retryAfterMs, Math.random);
    if (retryInMs === undefined) {
      eventObserver.attempted({ ...attempted, next: 'give-up' });
      return 'undeliverable';
    }
    eventObserver.attempted({ ...attempted, next: 'retry', retryInMs });
    throw eventFailure(attempted.status, retryInMs);
  };
}
