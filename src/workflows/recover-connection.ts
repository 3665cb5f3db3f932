import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities, RecoverConnectionInput } from '../activities/types.js';
import type { RetryRequester } from '../domain/delivery.js';
import type { OperationalEventType } from '../domain/operational-event.js';
import type { RecoveryPolicy } from '../domain/recovery.js';
import { summaryFor, troubleAttribute } from './attributes.js';
import { raiseEvent } from './local-activities.js';
import { mendedSignal, troubleSignal } from './messages.js';

/** So many deliveries go first; the others follow once these did not meet the trouble again. */
const FIRST_BATCH = 3;

const SETTLING = { summary: summaryFor('whether the first few meet the trouble again') };

const EVERYTHING = Number.MAX_SAFE_INTEGER;

/**
 * Sees a tenant through a trouble that stops all of its deliveries: one probe at a time asks whether it is over,
 * in place of every delivery; then what is parked starts again, a few first, then the rest. One a tenant.
 */
export async function RecoverConnection(input: RecoverConnectionInput): Promise<void> {
  const { tenantId, policy, earlier } = input;
  const { probeConnection, retryParkedBatch } = activitiesOf(policy);
  const news: { trouble?: string; mendedBy?: RetryRequester } = earlier ? { trouble: earlier.code } : {};
  let toldOf = earlier?.code;
  let occurrences = 0;
  setHandler(troubleSignal, (code) => {
    news.trouble = code;
  });
  setHandler(mendedSignal, (requester) => {
    // Who asks for everything is not outdone by the service itself.
    if (news.mendedBy !== 'all') news.mendedBy = requester;
  });
  const isMended = () => news.mendedBy !== undefined;
  const hasNews = () => news.trouble !== undefined || isMended();

  setCurrentDetails('**Checking** by a test call whether the trouble is over.');
  // A signal that comes with the start is there before the first line runs.
  while (hasNews()) {
    const isTroubled = news.trouble !== undefined;
    const requester = await untilMended();
    if (requester !== undefined) await retryParked(requester, isTroubled);
  }

  /** Who says that it is mended: a person, or the probe. Undefined when there is nothing to mend any more. */
  async function untilMended(): Promise<RetryRequester | undefined> {
    for (let probes = earlier?.probes ?? 0; ; probes += 1) {
      const { trouble, mendedBy } = news;
      // What comes in while the probe is under way is news for the next one.
      delete news.trouble;
      delete news.mendedBy;
      const requester = mendedBy ?? 'recovery';
      const isMendedAlone = mendedBy !== undefined && trouble === undefined && toldOf === undefined;
      const probe = await probeConnection({ tenantId, isMended: isMendedAlone });
      if (probe.status === 'moot') return undefined;
      if (probe.status === 'over') {
        if (toldOf !== undefined) await tell('connection.recovered', toldOf);
        toldOf = undefined;
        return requester;
      }
      if (toldOf !== probe.code) await attend(probe.code, probe.words);
      if (workflowInfo().continueAsNewSuggested) {
        await continueAsNew<typeof RecoverConnection>({
          ...input,
          earlier: { code: probe.code, probes: probes + 1 },
        });
      }
      await condition(isMended, pauseAfter(probes, policy), { summary: summaryFor('until the next probe') });
    }
  }

  async function attend(code: string, words: string): Promise<void> {
    upsertSearchAttributes([{ key: troubleAttribute, value: code }]);
    setCurrentDetails(`**Needs attention** (\`${code}\`): ${words} Deliveries of the tenant wait.`);
    toldOf = code;
    await tell('connection.attention-needed', code);
  }

  function tell(type: OperationalEventType, code: string): Promise<void> {
    const occurrenceId = `${workflowInfo().runId}/${String((occurrences += 1))}`;
    return raiseEvent({ type, tenantId, code, occurrenceId });
  }

  /** Stops as soon as a delivery meets the trouble again. */
  async function retryParked(requester: RetryRequester, isTroubled: boolean): Promise<void> {
    setCurrentDetails('**Mended**: what was parked starts again.');
    const first = await retryParkedBatch({ tenantId, requester, limit: FIRST_BATCH });
    // The one that met the trouble may be just about to be parked: the second look finds it.
    if (first === 0 && !isTroubled) return;
    if (await condition(hasNews, policy.settleMs, SETTLING)) return;
    await retryParkedBatch({ tenantId, requester, limit: EVERYTHING });
  }
}

function activitiesOf({ heartbeatMs }: RecoveryPolicy) {
  return proxyActivities<Activities>({
    startToCloseTimeout: '5m',
    ...(heartbeatMs !== undefined && { heartbeatTimeout: heartbeatMs }),
    retry: { initialInterval: '1s', maximumInterval: '1m' },
  });
}

function pauseAfter(probes: number, { probeInitialMs, probeMaximumMs }: RecoveryPolicy): number {
  return Math.min(probeInitialMs * 2 ** probes, probeMaximumMs);
}
