import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import type { PushFailureDetails } from '../activities/types.js';
import type { ParkReason, SkipReason } from '../domain/delivery.js';

/** A round that ended in trouble that needs a person. */
export interface ParkedPush {
  reason: ParkReason;
  attempts: number;
}

/** What a failed `pushSummary` means for the delivery. Anything but an activity's failure is a defect, and thrown on. */
export function readPushFailure(error: unknown): ParkedPush | { skip: SkipReason } {
  if (!(error instanceof ActivityFailure)) throw error;
  const { cause } = error;
  if (cause instanceof ApplicationFailure && cause.nonRetryable) {
    const skip = skipReasonOf(cause.type ?? '');
    return skip === undefined ? parkedBy(cause, { code: cause.type ?? 'unknown' }) : { skip };
  }
  // What could have been tried again ends the activity only when its window is over.
  const last = cause instanceof TimeoutFailure ? cause.cause : cause;
  const lastCode = lastCodeOf(last);
  return parkedBy(last, { code: 'retry-window-over', ...(lastCode !== undefined && { lastCode }) });
}

function parkedBy(last: Error | undefined, reason: ParkReason): ParkedPush {
  const details =
    last instanceof ApplicationFailure ? (last.details?.[0] as PushFailureDetails | undefined) : undefined;
  return {
    reason: { ...reason, ...(details?.status !== undefined && { status: details.status }) },
    attempts: details?.attempt ?? 1,
  };
}

function lastCodeOf(last: Error | undefined): string | undefined {
  if (last instanceof ApplicationFailure) return last.type ?? 'unknown';
  return last instanceof TimeoutFailure ? 'worker-lost' : undefined;
}

function skipReasonOf(type: string): SkipReason | undefined {
  const [prefix, reason] = type.split(':');
  return prefix === 'skip' ? (reason as SkipReason) : undefined;
}
