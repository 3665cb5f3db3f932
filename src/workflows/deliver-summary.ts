import {
  CancellationScope,
  condition,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertMemo,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { Activities, PushTimeouts } from '../activities/types.js';
import type {
  DeliverSummaryInput,
  DeliveryOutcome,
  DeliveryProgress,
  DeliveryState,
  SkipReason,
} from '../domain/delivery.js';
import { ATTEMPTS_MEMO, deliveryStateAttribute, PARKED_MEMO } from './attributes.js';
import { cancelSignal, retrySignal, statusQuery } from './messages.js';
import { type ParkedPush, readPushFailure } from './push-failure.js';
import { withRecordingLink } from './recording-link.js';

const { loadConnection, buildPayload } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '500ms', maximumInterval: '1m' },
});

/**
 * Carries one summary into the tenant's SuperOffice: until it is there, needs a person, or is cancelled. A parked
 * delivery waits for `retry` or `cancel` and loses nothing meanwhile.
 */
export async function DeliverSummary(input: DeliverSummaryInput): Promise<DeliveryOutcome> {
  const progress: DeliveryProgress = { state: 'delivering', attempts: 0 };
  let retryRequested = false;
  const workflow = CancellationScope.current();
  const delivery = new CancellationScope();

  setHandler(statusQuery, () => progress);
  setHandler(cancelSignal, () => delivery.cancel());
  setHandler(retrySignal, () => {
    retryRequested = progress.state === 'parked';
  });

  try {
    return await delivery.run(async () => {
      for (;;) {
        const round = await deliver(input);
        if ('state' in round) return end(round, progress.attempts);
        park(progress, round);
        await condition(() => retryRequested);
        retryRequested = false;
        unpark(progress);
      }
    });
  } catch (error) {
    if (!isCancellation(error)) throw error;
    // Cancelled from outside, the workflow ends as Canceled too; cancelled by the signal, it has come to its end.
    const outcome = end({ state: 'cancelled' }, progress.attempts);
    if (workflow.consideredCancelled) throw error;
    return outcome;
  }
}

type RoundOutcome = Exclude<DeliveryOutcome, { state: 'cancelled' }>;

/** One round: from loading the connection to a receipt, or to trouble that needs a person. */
async function deliver(input: DeliverSummaryInput): Promise<RoundOutcome | ParkedPush> {
  const { tenantId, deliveryId, summary } = input;
  const connection = await loadConnection({ tenantId });
  if (connection.status === 'unavailable') return skipped(connection.reason);

  const { summary: text, ...meeting } = summary;
  const payload = await buildPayload({
    deliveryId,
    summary: await withRecordingLink(input, meeting),
    timeZone: connection.timeZone,
  });
  try {
    const { attempt, ...receipt } = await pushActivity(connection.pushTimeouts)({
      tenantId,
      payload,
      summary: text,
    });
    return { state: 'delivered', attempts: attempt, ...receipt };
  } catch (error) {
    if (isCancellation(error)) throw error;
    const failure = readPushFailure(error);
    return 'skip' in failure ? skipped(failure.skip) : failure;
  }
}

/**
 * The regular activity that calls SuperOffice. Its failures bring their own delay (`nextRetryDelay`); the intervals
 * here are for attempts that were cut off, by a crash or a time-out.
 */
function pushActivity({ retryWindowMs, attemptMs, heartbeatMs }: PushTimeouts): Activities['pushSummary'] {
  return proxyActivities<Activities>({
    scheduleToCloseTimeout: retryWindowMs,
    startToCloseTimeout: attemptMs,
    heartbeatTimeout: heartbeatMs,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30m' },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  }).pushSummary;
}

function park(progress: DeliveryProgress, { reason, attempts }: ParkedPush): void {
  progress.state = 'parked';
  progress.attempts += attempts;
  progress.parked = reason;
  upsertState('parked');
  upsertMemo({ [PARKED_MEMO]: reason, [ATTEMPTS_MEMO]: progress.attempts });
  setCurrentDetails(
    `**Parked** after ${String(progress.attempts)} attempt(s): \`${reason.code}\`. ` +
      'Signal `retry` when it is mended, `cancel` to give up.',
  );
  log.warn('delivery parked', { ...reason, attempts: progress.attempts });
}

function unpark(progress: DeliveryProgress): void {
  progress.state = 'delivering';
  delete progress.parked;
  upsertState('delivering');
  setCurrentDetails('**Delivering** again, after a retry was asked for.');
}

function end(outcome: DeliveryOutcome, earlierAttempts: number): DeliveryOutcome {
  if (outcome.state === 'delivered') return { ...outcome, attempts: earlierAttempts + outcome.attempts };
  upsertState(outcome.state);
  return outcome;
}

function skipped(reason: SkipReason): RoundOutcome {
  return { state: 'skipped', reason };
}

function upsertState(state: DeliveryState): void {
  upsertSearchAttributes([{ key: deliveryStateAttribute, value: state }]);
}
