import {
  CancellationScope,
  isCancellation,
  log,
  patched,
  setCurrentDetails,
  setHandler,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
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
import { deliver } from './delivery-round.js';
import { deliveries } from './delivery-sink.js';
import { leaveLine, raiseEvent } from './local-activities.js';
import { cancelSignal, retrySignal, statusQuery, supersedeSignal } from './messages.js';
import { type ParkedRound, Parking } from './parking.js';
import { tellDelivering, tellDeliveringAgain, tellOutcome, tellParked } from './story.js';

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

  setCurrentDetails(tellDelivering());
  try {
    return await delivery.run(async () => {
      for (let insist = false; ;) {
        const round = await deliver(input, { insist, isFirst: parks === 0 });
        if ('state' in round) return end(input, round, progress.attempts);
        park(input, progress, round);
        // Those that are held are told of by the trouble of their tenant.
        if (!round.reason.held) await tell('delivery.parked', input, round, (parks += 1));
        const requester = await parking.wait(round);
        if (requester === undefined) {
          await tell('delivery.expired', input, round, parks);
          return end(input, { state: 'expired', parked: round.reason }, progress.attempts);
        }
        insist = requester === 'person';
        unpark(progress);
      }
    });
  } catch (error) {
    if (!isCancellation(error)) throw error;
    if (progress.state === 'delivering' && patched('leaves-line')) await leave(input);
    // Cancelled from outside, the workflow ends as Canceled too; ended by a signal, it has come to its end.
    const outcome = end(input, { state: endedBy }, progress.attempts);
    if (workflow.consideredCancelled) throw error;
    return outcome;
  }
}

/** Nobody is told to wait for a delivery that will not come back for its turn. */
async function leave({ tenantId, deliveryId }: DeliverSummaryInput): Promise<void> {
  try {
    await CancellationScope.nonCancellable(() => leaveLine({ tenantId, deliveryId }));
  } catch {
    // It has ended, also if its place can't be given up right now.
  }
}

function park(
  { tenantId, deliveryId }: DeliverSummaryInput,
  progress: DeliveryProgress,
  { reason, words, attempts }: ParkedRound,
): void {
  progress.state = 'parked';
  progress.attempts += attempts;
  progress.parked = reason;
  upsertState('parked', reason.code);
  upsertMemo({ [PARKED_MEMO]: reason, [ATTEMPTS_MEMO]: progress.attempts });
  setCurrentDetails(tellParked(reason, words, progress.attempts));
  log.warn('delivery parked', { tenantId, deliveryId, ...reason, attempts: progress.attempts });
  deliveries.parked({ tenantId, deliveryId, code: reason.code, held: reason.held ?? false });
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
  setCurrentDetails(tellDeliveringAgain());
}

function end(
  { tenantId, deliveryId }: DeliverSummaryInput,
  outcome: DeliveryOutcome,
  earlierAttempts: number,
): DeliveryOutcome {
  const ended = withAllAttempts(outcome, earlierAttempts);
  setCurrentDetails(tellOutcome(ended));
  if (ended.state !== 'delivered') upsertState(ended.state);
  else if (ended.result === NO_MATCH) upsertState(NO_MATCH);
  deliveries.ended({
    tenantId,
    deliveryId,
    state: ended.state,
    ...(ended.state === 'delivered' && { result: ended.result }),
    attempts: ended.state === 'delivered' ? ended.attempts : earlierAttempts,
    durationMs: Date.now() - workflowInfo().startTime.getTime(),
  });
  return ended;
}

function withAllAttempts(outcome: DeliveryOutcome, earlierAttempts: number): DeliveryOutcome {
  return outcome.state === 'delivered'
    ? { ...outcome, attempts: earlierAttempts + outcome.attempts }
    : outcome;
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
