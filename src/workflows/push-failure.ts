import { ActivityFailure, ApplicationFailure, TemporalFailure, TimeoutFailure } from '@temporalio/workflow';
import type { PushFailureDetails } from '../activities/types.js';
import type { ParkReason, SkipReason } from '../domain/delivery.js';

/** A round that ended in trouble that needs a person. */
export interface ParkedPush {
  reason: ParkReason;
  /** Cause and remedy, for people. */
  words: string;
  attempts: number;
  /** The connection's epoch in which the trouble was met, where that is known. */
  epoch?: number;
}

/** What a failed `pushSummary` means for the delivery. */
export type PushEnd =
  ParkedPush | { skip: SkipReason } | { superseded: true } | { keepTrying: true; attempts: number };

/** Why an activity failed: Temporal wraps the failure of a regular one, and not that of a local one. */
export function causeOf(error: unknown): unknown {
  return error instanceof ActivityFailure ? error.cause : error;
}

/** Reads it. Anything but an activity's failure is a defect, and thrown on. */
export function readPushFailure(error: unknown): PushEnd {
  const cause = causeOf(error);
  if (!(cause instanceof TemporalFailure)) throw error;
  if (cause instanceof ApplicationFailure && cause.nonRetryable) {
    const type = cause.type ?? 'unknown';
    if (type === 'superseded') return { superseded: true };
    const skip = skipReasonOf(type);
    return skip === undefined ? parkedBy(cause, { code: type }, cause.message) : { skip };
  }
  // What could have been tried again ends the activity only when its window is over.
  const last = cause instanceof TimeoutFailure ? cause.cause : cause;
  const lastCode = lastCodeOf(last);
  // Neither is anybody's fault: a night of maintenance, or a line of thousands, is waited out.
  if (lastCode === 'maintenance' || lastCode === 'waiting-turn') {
    return { keepTrying: true, attempts: detailsOf(last)?.attempt ?? 0 };
  }
  return parkedBy(
    last,
    { code: 'retry-window-over', ...(lastCode !== undefined && { lastCode }) },
    'SuperOffice could not take the summary during the whole retry window. Check that it is up, then retry.',
  );
}

function parkedBy(last: Error | undefined, reason: ParkReason, words: string): ParkedPush {
  const details = detailsOf(last);
  const { status, held, epoch } = details ?? {};
  return {
    reason: { ...reason, ...(status !== undefined && { status }), ...(held !== undefined && { held }) },
    words,
    attempts: details?.attempt ?? 1,
    ...(epoch !== undefined && { epoch }),
  };
}

function detailsOf(last: Error | undefined): PushFailureDetails | undefined {
  return last instanceof ApplicationFailure ? (last.details?.[0] as PushFailureDetails) : undefined;
}

function lastCodeOf(last: Error | undefined): string | undefined {
  if (last instanceof ApplicationFailure) return last.type ?? 'unknown';
  return last instanceof TimeoutFailure ? 'worker-lost' : undefined;
}

function skipReasonOf(type: string): SkipReason | undefined {
  const [prefix, reason] = type.split(':');
  return prefix === 'skip' ? (reason as SkipReason) : undefined;
}
