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
  const failure = applicationFailureOf(error);
  const type = failure?.type ?? 'worker-lost';
  const skip = skipReasonOf(type);
  if (skip !== undefined) return { skip };

  const details = failure?.details?.[0] as PushFailureDetails | undefined;
  const attempts = details?.attempt ?? 0;
  const status = details?.status === undefined ? {} : { status: details.status };
  // A failure that could have been tried again ends the activity only when its window is over.
  return failure?.nonRetryable
    ? { reason: { code: type, ...status }, attempts }
    : { reason: { code: 'retry-window-over', lastCode: type, ...status }, attempts };
}

/** The last failure of the activity itself; a time-out of the whole activity carries it as its cause. */
function applicationFailureOf({ cause }: ActivityFailure): ApplicationFailure | undefined {
  if (cause instanceof ApplicationFailure) return cause;
  return cause instanceof TimeoutFailure && cause.cause instanceof ApplicationFailure
    ? cause.cause
    : undefined;
}

function skipReasonOf(type: string): SkipReason | undefined {
  const [prefix, reason] = type.split(':');
  return prefix === 'skip' ? (reason as SkipReason) : undefined;
}
