import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { EventSender } from '../events/event-sender.js';
import { eventRetryDelayMs } from '../events/retry-delay.js';
import type { Activities } from './types.js';

export interface PostEventDependencies {
  /** Absent where no receiver is configured (any more). */
  eventSender: EventSender | undefined;
  /** Pause after the first failed attempt, in milliseconds. */
  eventRetryInitialMs: number;
}

/** `postEvent` (regular): one attempt to tell of an event. */
export function createPostEvent({
  eventSender,
  eventRetryInitialMs,
}: PostEventDependencies): Activities['postEvent'] {
  return async ({ id, body }) => {
    if (!eventSender) return 'undeliverable';
    const reception = await eventSender.send(id, body);
    if (reception.status === 'taken') return 'sent';
    if (reception.status === 'gone') return 'undeliverable';
    const { attempt } = activityInfo();
    const delayMs = eventRetryDelayMs(attempt, eventRetryInitialMs, reception.retryAfterMs, Math.random);
    if (delayMs === undefined) return 'undeliverable';
    throw ApplicationFailure.create({
      type: 'event-not-taken',
      message: `The receiver of events did not take it (${reception.httpStatus ?? 'no answer'}).`,
      nextRetryDelay: delayMs,
      category: ApplicationFailureCategory.BENIGN,
    });
  };
}
