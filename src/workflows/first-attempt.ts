import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  proxyLocalActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { Activities, LoadedConnection, PushAtOnceResult } from '../activities/types.js';
import type { DeliverSummaryInput } from '../domain/delivery.js';
import { causeOf } from './push-failure.js';

/** Beside SuperOffice's answer, what the attempt may take: its turn, look-ups, the database. In milliseconds. */
const OVERHEAD_MS = 1_500;

const HANDED_ON: PushAtOnceResult = { status: 'handed-on' };

/**
 * Makes the first attempt within the first workflow task: half the way of a regular activity through Temporal, where
 * nothing else has to happen before it. What it leaves open, for whatever reason, is `pushSummary`'s.
 *
 * The worker that loaded the connection says whether and for how long (`atOnceMs`), and its answer is in the history:
 * histories from before there was such an attempt replay as they are.
 *
 * @throws ApplicationFailure when a person is needed, or nothing is to be pushed any more
 */
export async function attemptAtOnce(
  { tenantId, deliveryId, summary, force = false, recording }: DeliverSummaryInput,
  { policy, revision, supersedes, timeZone }: Extract<LoadedConnection, { status: 'connected' }>,
): Promise<PushAtOnceResult> {
  const { atOnceMs } = policy;
  const { summary: text, ...meeting } = summary;
  const needsLink = recording !== undefined && meeting.recordingUrl === undefined;
  if (atOnceMs === undefined || needsLink || supersedes !== undefined) return HANDED_ON;
  const { pushAtOnce } = proxyLocalActivities<Activities>({
    startToCloseTimeout: atOnceMs + OVERHEAD_MS,
    retry: { maximumAttempts: 1 },
  });
  try {
    return await pushAtOnce({
      tenantId,
      deliveryId,
      summary: meeting,
      text,
      timeZone,
      revision,
      force,
      atOnceMs,
    });
  } catch (error) {
    if (!isLeftOpen(error)) throw error;
    return HANDED_ON;
  }
}

/** Time ran out, the worker stops, the database is away: nothing that another attempt could not mend. */
function isLeftOpen(error: unknown): boolean {
  if (CancellationScope.current().consideredCancelled) return false;
  const cause = causeOf(error);
  if (cause instanceof ApplicationFailure) return !cause.nonRetryable;
  return cause instanceof TimeoutFailure || cause instanceof CancelledFailure;
}
