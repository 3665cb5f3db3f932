import {
  getExternalWorkflowHandle,
  isCancellation,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities, DeliveryPolicy, LoadedConnection } from '../activities/types.js';
import type { DeliverSummaryInput, DeliveryOutcome } from '../domain/delivery.js';
import type { UnrenderedPayload } from '../domain/payload.js';
import { attemptOfEarlierCourse } from './earlier-course.js';
import { buildPayload, loadConnection } from './local-activities.js';
import { supersedeSignal } from './messages.js';
import type { ParkedRound } from './parking.js';
import { readPushFailure } from './push-failure.js';
import { withRecordingLink } from './recording-link.js';

export interface RoundOptions {
  /** Somebody wants it tried, even while its tenant is in trouble. */
  insist: boolean;
  /** Nothing was tried before: the first attempt may be made at once. */
  isFirst: boolean;
}

/** One round of a delivery: from loading the connection to a receipt, or to trouble that needs a person. */
export async function deliver(
  input: DeliverSummaryInput,
  { insist, isFirst }: RoundOptions,
): Promise<DeliveryOutcome | ParkedRound> {
  const { tenantId, deliveryId, force = false } = input;
  const { summary: text, ...meeting } = input.summary;
  const isComplete = input.recording === undefined || meeting.recordingUrl !== undefined;
  for (let earlier = 0; ;) {
    const mayTryAtOnce = isFirst && isComplete && earlier === 0;
    const connection = await loadConnection({
      tenantId,
      deliveryId,
      meetingId: meeting.meetingId,
      // What a person forces becomes the newest.
      writtenAt: (force ? undefined : meeting.generatedAt) ?? workflowInfo().startTime.toISOString(),
      insist,
      force,
      ...(isComplete && { meeting }),
      ...(mayTryAtOnce && { text }),
    });
    if (connection.status === 'unavailable') return { state: 'skipped', reason: connection.reason };
    if (connection.status === 'superseded') return { state: 'superseded' };
    if (connection.supersedes !== undefined) await supersede(connection.supersedes);
    const { epoch, policy } = connection;
    if (connection.status === 'held') {
      const { code, words } = connection;
      return { reason: { code, held: true }, words, attempts: earlier, epoch, policy };
    }
    const { first } = connection;
    if (first?.next === 'done') return { state: 'delivered', attempts: 1, ...first.receipt };
    if (first?.next === 'park') {
      const { code, words, status } = first;
      const reason = { code, ...(status !== undefined && { status }) };
      return { reason, words, attempts: 1, epoch, policy };
    }

    try {
      const at = mayTryAtOnce && !first ? await attemptOfEarlierCourse(connection) : undefined;
      if (at?.status === 'delivered') {
        const { status: _, attempt, ...receipt } = at;
        return { state: 'delivered', attempts: attempt, ...receipt };
      }
      const failed = first?.failed ?? at?.failed;
      const { attempt, ...receipt } = await pushActivity(policy)({
        tenantId,
        payload: connection.payload ?? (await payloadOf(input, connection)),
        summary: text,
        ...(insist && { insist }),
        ...(failed && { failed }),
      });
      return { state: 'delivered', attempts: earlier + attempt, ...receipt };
    } catch (error) {
      if (isCancellation(error)) throw error;
      const failure = readPushFailure(error);
      if ('skip' in failure) return { state: 'skipped', reason: failure.skip };
      if ('superseded' in failure) return { state: 'superseded' };
      if ('reason' in failure) return { epoch, policy, ...failure, attempts: earlier + failure.attempts };
      earlier += failure.attempts;
    }
  }
}

/** Where the connection came without: the link to the recording is to be asked for first, or the history is older. */
async function payloadOf(
  input: DeliverSummaryInput,
  { timeZone, revision }: Extract<LoadedConnection, { status: 'connected' }>,
): Promise<UnrenderedPayload> {
  const { deliveryId, force = false } = input;
  const { summary: _, ...meeting } = input.summary;
  return buildPayload({
    deliveryId,
    summary: await withRecordingLink(input, meeting),
    timeZone,
    revision,
    force,
  });
}

/** Tells the delivery of an earlier summary of the meeting to give way. */
async function supersede(deliveryId: string): Promise<void> {
  const { workflowId } = workflowInfo();
  const older = `${workflowId.slice(0, workflowId.lastIndexOf('/'))}/${deliveryId}`;
  try {
    await getExternalWorkflowHandle(older).signal(supersedeSignal);
  } catch (error) {
    // Delivered already, as a rule.
    if (isCancellation(error)) throw error;
  }
}

/**
 * The regular activity that calls SuperOffice. Its failures bring their own delay (`nextRetryDelay`); the intervals
 * here are for attempts that were cut off, by a crash or a time-out. Temporal reckons them by all attempts so far, those
 * that only waited for a turn or for the end of a maintenance among them: so the longest is short.
 */
function pushActivity({ retryWindowMs, attemptMs, heartbeatMs }: DeliveryPolicy): Activities['pushSummary'] {
  return proxyActivities<Activities>({
    scheduleToCloseTimeout: retryWindowMs,
    startToCloseTimeout: attemptMs,
    heartbeatTimeout: heartbeatMs,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  }).pushSummary;
}
