import proto, { type temporal } from '@temporalio/proto';
import type { LoadedDataConverter } from '@temporalio/common';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { optionalTsToDate } from '@temporalio/common/lib/time.js';
import type { PushProgress } from '../domain/delivery.js';

type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;
const { PENDING_ACTIVITY_STATE_STARTED, PENDING_ACTIVITY_STATE_CANCEL_REQUESTED } =
  proto.temporal.api.enums.v1.PendingActivityState;

/** The `pushSummary` activity of a running delivery, as Temporal sees it between and during attempts. */
export interface PendingPush {
  /** Calls to SuperOffice, as far as the last attempt told. */
  calls: number;
  /** Why the last one failed; absent before the first failure. */
  failureCode?: string;
  /** When the next one is due; absent while one is under way. */
  nextAttemptAt?: Date;
}

/** Reads it from a workflow's description; undefined while none is pending. */
export async function pendingPushOf(
  pendingActivities: readonly PendingActivity[],
  dataConverter: LoadedDataConverter,
): Promise<PendingPush | undefined> {
  const push = pendingActivities.find(({ activityType }) => activityType?.name === 'pushSummary');
  if (!push) return undefined;
  const underWay =
    push.state === PENDING_ACTIVITY_STATE_STARTED || push.state === PENDING_ACTIVITY_STATE_CANCEL_REQUESTED;
  const [progress] = await decodeArrayFromPayloads(dataConverter, push.heartbeatDetails?.payloads);
  const nextAttemptAt = underWay
    ? undefined
    : optionalTsToDate(push.nextAttemptScheduleTime ?? push.scheduledTime);
  return {
    calls: (progress as PushProgress | undefined)?.calls ?? 0,
    ...(push.lastFailure && { failureCode: failureCodeOf(push.lastFailure) }),
    ...(nextAttemptAt && { nextAttemptAt }),
  };
}

function failureCodeOf(failure: temporal.api.failure.v1.IFailure): string {
  return failure.applicationFailureInfo?.type ?? 'worker-lost';
}
