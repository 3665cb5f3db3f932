import {
  condition,
  continueAsNew,
  patched,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities, ProbeResult, RecoverConnectionInput } from '../activities/types.js';
import type { RetryRequester } from '../domain/delivery.js';
import type { OperationalEventType } from '../domain/operational-event.js';
import type { RecoveryPolicy } from '../domain/recovery.js';
import { summaryFor, troubleAttribute } from './attributes.js';
import { raiseEvent } from './local-activities.js';
import { mendedSignal, retrySignal, troubleSignal } from './messages.js';

/** So many deliveries go first; the others follow once these did not meet the trouble again. */
const FIRST_BATCH = 3;

const SETTLING = { summary: summaryFor('whether the first few meet the trouble again') };

const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** Answers after which the trouble may be over later. */
type WaitingProbe = Exclude<ProbeResult, { status: 'over' | 'moot' }>;

/**
 * Sees a tenant through a trouble that stops all of its deliveries: one probe at a time asks whether it is over,
 * in place of every delivery; then what is parked starts again, a few first, then the rest. One a tenant.
 */
export async function RecoverConnection(input: RecoverConnectionInput): Promise<void> {
  const { tenantId, policy, earlier } = input;
  const { probeConnection, retryParkedBatch } = activitiesOf(policy);
  const news: { trouble?: string; mendedBy?: RetryRequester | undefined } = earlier
    ? { trouble: earlier.code }
    : {};
  let toldOf = earlier?.isUntold === true ? undefined : earlier?.code;
  let probes = earlier?.probes ?? 0;
  /** Who asked for what is parked to start again, and has not been answered. */
  let asked = earlier?.asked;
  let occurrences = 0;
  setHandler(troubleSignal, (code) => {
    news.trouble = code;
  });
  const mend = (requester: RetryRequester) => {
    news.mendedBy = furtherOf(news.mendedBy, requester);
  };
  setHandler(mendedSignal, mend);
  // By the name that deliveries know, so that one batch reaches both. What older code was told, and ignored, stays ignored.
  setHandler(retrySignal, (requester = 'all') => {
    if (patched('retry-reaches-recovery')) mend(requester);
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
    for (; ; probes += 1) {
      const { trouble, mendedBy } = news;
      // What comes in while the probe is under way is news for the next one.
      delete news.trouble;
      delete news.mendedBy;
      if (mendedBy !== undefined) {
        asked = furtherOf(asked, mendedBy);
        // Somebody waits for the answer.
        probes = 0;
      }
      const isAnnounced = toldOf !== undefined;
      const isMendedAlone = mendedBy !== undefined && trouble === undefined && !isAnnounced;
      const probe = await probeConnection({ tenantId, isMended: isMendedAlone, isAnnounced });
      if (probe.status === 'moot' || probe.status === 'over') {
        const requester = asked ?? 'recovery';
        asked = undefined;
        probes = 0;
        if (probe.status === 'moot') return undefined;
        if (toldOf !== undefined) await tell('connection.recovered', toldOf);
        toldOf = undefined;
        return requester;
      }
      await show(probe);
      if (workflowInfo().continueAsNewSuggested) await beginAnew(probe);
      await condition(isMended, pauseAfter(probes, policy), { summary: summaryFor('until the next probe') });
    }
  }

  async function show(probe: WaitingProbe): Promise<void> {
    if (probe.status === 'paused') {
      setCurrentDetails('**Paused**: whether the trouble is over is asked when the tenant resumes.');
      return;
    }
    const { code, words } = probe;
    if (probe.status === 'unclear') {
      setCurrentDetails(`**Unclear** (\`${code}\`): ${words} A test call is made again.`);
      return;
    }
    setCurrentDetails(`**Needs attention** (\`${code}\`): ${words} Deliveries of the tenant wait.`);
    if (toldOf === code) return;
    upsertSearchAttributes([{ key: troubleAttribute, value: code }]);
    toldOf = code;
    await tell('connection.attention-needed', code);
  }

  function beginAnew(probe: WaitingProbe): Promise<never> {
    const requester = furtherOf(asked, news.mendedBy);
    return continueAsNew<typeof RecoverConnection>({
      ...input,
      earlier: {
        code: toldOf ?? ('code' in probe ? probe.code : ''),
        ...(toldOf === undefined && { isUntold: true }),
        probes: probes + 1,
        ...(requester !== undefined && { asked: requester }),
      },
    });
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

/** Of two requests the one that reaches further: who asks for everything is not outdone by the service itself. */
function furtherOf(
  earlier: RetryRequester | undefined,
  later: RetryRequester | undefined,
): RetryRequester | undefined {
  return earlier === 'all' ? earlier : (later ?? earlier);
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
