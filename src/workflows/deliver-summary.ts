import {
  CancellationScope,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities, DeliveryPolicy, LoadedConnection } from '../activities/types.js';
import type {
  DeliverSummaryInput,
  DeliveryOutcome,
  DeliveryProgress,
  DeliveryState,
} from '../domain/delivery.js';
import type { OperationalEventType } from '../domain/operational-event.js';
import {
  ATTEMPTS_MEMO,
  deliveryStateAttribute,
  NO_MATCH,
  PARKED_MEMO,
  troubleAttribute,
} from './attributes.js';
import { cancelSignal, retrySignal, statusQuery, supersedeSignal } from './messages.js';
import { type ParkedRound, Parking } from './parking.js';
import { readPushFailure } from './push-failure.js';
import { withRecordingLink } from './recording-link.js';

const { loadConnection, buildPayload, raiseEvent } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '500ms', maximumInterval: '1m' },
});

/**
 * Carries one summary into the tenant's SuperOffice: until it is there, needs a person, gives way to a newer one, or
 * is cancelled. A parked delivery waits for `retry` or `cancel` and loses nothing meanwhile.
 */
export async function DeliverSummary(input: DeliverSummaryInput): Promise<DeliveryOutcome> {
  const progress: DeliveryProgress = { state: 'delivering', attempts: 0 };
  const parking = new Parking(input.tenantId);
  const workflow = CancellationScope.current();
  const delivery = new CancellationScope();
  let endedBy: 'cancelled' | 'superseded' = 'cancelled';
  let parks = 0;

  setHandler(statusQuery, () => progress);
  setHandler(retrySignal, (requester = 'person') => parking.requestRetry(requester));
  setHandler(cancelSignal, () => delivery.cancel());
  setHandler(supersedeSignal, () => {
    endedBy = 'superseded';
    delivery.cancel();
  });

  try {
    return await delivery.run(async () => {
      for (let insist = false; ;) {
        const round = await deliver(input, insist);
        if ('state' in round) return end(round, progress.attempts);
        park(progress, round);
        // Those that are held are told of by the trouble of their tenant.
        if (!round.reason.held) await tell('delivery.parked', input, round, (parks += 1));
        const requester = await parking.wait(round);
        if (requester === undefined) {
          await tell('delivery.expired', input, round, parks);
          return end({ state: 'expired', parked: round.reason });
        }
        insist = requester === 'person';
        unpark(progress);
      }
    });
  } catch (error) {
    if (!isCancellation(error)) throw error;
    // Cancelled from outside, the workflow ends as Canceled too; ended by a signal, it has come to its end.
    const outcome = end({ state: endedBy });
    if (workflow.consideredCancelled) throw error;
    return outcome;
  }
}

/** One round: from loading the connection to a receipt, or to trouble that needs a person. */
async function deliver(input: DeliverSummaryInput, insist: boolean): Promise<DeliveryOutcome | ParkedRound> {
  const { tenantId, deliveryId, summary, force = false } = input;
  const { summary: text, ...meeting } = summary;
  for (;;) {
    const connection = await loadConnection({
      tenantId,
      deliveryId,
      meetingId: summary.meetingId,
      // What a person forces becomes the newest.
      writtenAt: (force ? undefined : summary.generatedAt) ?? workflowInfo().startTime.toISOString(),
      insist,
    });
    if (connection.status === 'unavailable') return { state: 'skipped', reason: connection.reason };
    if (connection.status === 'superseded') return { state: 'superseded' };
    await supersede(connection);
    const { epoch, policy, revision } = connection;
    if (connection.status === 'held') {
      const { code, words } = connection;
      return { reason: { code, held: true }, words, attempts: 0, epoch, policy };
    }

    const { timeZone } = connection;
    const payload = await buildPayload({
      deliveryId,
      summary: await withRecordingLink(input, meeting),
      timeZone,
      revision,
      force,
    });
    try {
      const { attempt, ...receipt } = await pushActivity(policy)({
        tenantId,
        payload,
        summary: text,
        ...(insist && { insist }),
      });
      return { state: 'delivered', attempts: attempt, ...receipt };
    } catch (error) {
      if (isCancellation(error)) throw error;
      const failure = readPushFailure(error);
      if ('skip' in failure) return { state: 'skipped', reason: failure.skip };
      if ('superseded' in failure) return { state: 'superseded' };
      if ('reason' in failure) return { epoch, policy, ...failure };
    }
  }
}

/** Tells the delivery of an earlier summary of the meeting to give way. */
async function supersede({ supersedes }: Extract<LoadedConnection, { revision: number }>): Promise<void> {
  if (supersedes === undefined) return;
  const { workflowId } = workflowInfo();
  const older = `${workflowId.slice(0, workflowId.lastIndexOf('/'))}/${supersedes}`;
  try {
    await getExternalWorkflowHandle(older).signal(supersedeSignal);
  } catch (error) {
    // Delivered already, as a rule.
    if (isCancellation(error)) throw error;
  }
}

/**
 * The regular activity that calls SuperOffice. Its failures bring their own delay (`nextRetryDelay`); the intervals
 * here are for attempts that were cut off, by a crash or a time-out.
 */
function pushActivity({ retryWindowMs, attemptMs, heartbeatMs }: DeliveryPolicy): Activities['pushSummary'] {
  return proxyActivities<Activities>({
    scheduleToCloseTimeout: retryWindowMs,
    startToCloseTimeout: attemptMs,
    heartbeatTimeout: heartbeatMs,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30m' },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  }).pushSummary;
}

function park(progress: DeliveryProgress, { reason, words, attempts }: ParkedRound): void {
  progress.state = 'parked';
  progress.attempts += attempts;
  progress.parked = reason;
  upsertState('parked', reason.code);
  upsertMemo({ [PARKED_MEMO]: reason, [ATTEMPTS_MEMO]: progress.attempts });
  const calls = reason.held
    ? 'It waits with all others of the tenant, and starts again when the trouble is over.'
    : `Calls made: ${String(progress.attempts)}.`;
  setCurrentDetails(
    `**Parked** (\`${reason.code}\`): ${words} ${calls}\n\nSignal \`retry\` when it is mended, \`cancel\` to give up.`,
  );
  log.warn('delivery parked', { ...reason, attempts: progress.attempts });
}

function tell(
  type: OperationalEventType,
  { tenantId, deliveryId }: DeliverSummaryInput,
  { reason: { code } }: ParkedRound,
  parks: number,
): Promise<void> {
  const occurrenceId = `${workflowInfo().runId}/${String(parks)}`;
  return raiseEvent({ type, tenantId, deliveryId, code, occurrenceId });
}

function unpark(progress: DeliveryProgress): void {
  progress.state = 'delivering';
  delete progress.parked;
  upsertState('delivering', null);
  setCurrentDetails('**Delivering** again, after it was parked.');
}

function end(outcome: DeliveryOutcome, earlierAttempts = 0): DeliveryOutcome {
  if (outcome.state !== 'delivered') {
    upsertState(outcome.state);
    return outcome;
  }
  if (outcome.result === NO_MATCH) upsertState(NO_MATCH);
  return { ...outcome, attempts: earlierAttempts + outcome.attempts };
}

/**
 * The state of a delivery that matched nobody is told apart, so that it can be listed.
 *
 * @param trouble null takes it away; absent leaves it
 */
function upsertState(state: DeliveryState | typeof NO_MATCH, trouble?: string | null): void {
  upsertSearchAttributes([
    { key: deliveryStateAttribute, value: state },
    ...(trouble === undefined ? [] : [{ key: troubleAttribute, value: trouble }]),
  ]);
}
