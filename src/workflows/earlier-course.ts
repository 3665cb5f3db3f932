import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  proxyLocalActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { FailedCall, LoadedConnection, PushSummaryResult } from '../activities/types.js';
import { causeOf } from './push-failure.js';

/** `handed-on`: what remains is for `pushSummary`. */
type PushAtOnceResult =
  ({ status: 'delivered' } & PushSummaryResult) | { status: 'handed-on'; failed?: FailedCall };

/** Answers of `loadConnection` that are recorded in histories of this course. */
type EarlierPolicy = Extract<LoadedConnection, { status: 'connected' }>['policy'] & { atOnceMs?: number };

const HANDED_ON: PushAtOnceResult = { status: 'handed-on' };

/**
 * For histories in which the first attempt is an activity of its own, `pushAtOnce`. No worker makes it any more, so
 * that an execution which is in the middle of it goes on with `pushSummary`. It can go once none of them is kept.
 */
export async function attemptOfEarlierCourse({
  policy,
  supersedes,
}: Extract<LoadedConnection, { status: 'connected' }>): Promise<PushAtOnceResult> {
  const { atOnceMs }: EarlierPolicy = policy;
  if (atOnceMs === undefined || supersedes !== undefined) return HANDED_ON;
  const { pushAtOnce } = proxyLocalActivities<{ pushAtOnce(): Promise<PushAtOnceResult> }>({
    startToCloseTimeout: atOnceMs,
    retry: { maximumAttempts: 1 },
  });
  try {
    return await pushAtOnce();
  } catch (error) {
    if (!isLeftOpen(error)) throw error;
    return HANDED_ON;
  }
}

function isLeftOpen(error: unknown): boolean {
  if (CancellationScope.current().consideredCancelled) return false;
  const cause = causeOf(error);
  if (cause instanceof ApplicationFailure) return !cause.nonRetryable;
  return cause instanceof TimeoutFailure || cause instanceof CancelledFailure;
}
