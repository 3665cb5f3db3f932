import {
  condition,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { Activities, RecoverConnectionInput } from '../activities/types.js';
import type { RetryRequester } from '../domain/delivery.js';
import type { RecoveryPolicy } from '../domain/recovery.js';
import { troubleAttribute } from './attributes.js';
import { mendedSignal, troubleSignal } from './messages.js';

/** So many deliveries go first; the others follow once these did not meet the trouble again. */
const FIRST_BATCH = 3;

const EVERYTHING = Number.MAX_SAFE_INTEGER;

const { probeConnection, retryParkedBatch } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/**
 * Sees a tenant through a trouble that stops all of its deliveries: one probe at a time asks whether it is over,
 * in place of every delivery; then what is parked starts again, a few first, then the rest. One a tenant.
 */
export async function RecoverConnection({ tenantId, policy }: RecoverConnectionInput): Promise<void> {
  const news: { trouble?: string; mendedBy?: RetryRequester } = {};
  setHandler(troubleSignal, (code) => {
    news.trouble = code;
  });
  setHandler(mendedSignal, (requester) => {
    // Who asks for everything is not outdone by the service itself.
    if (news.mendedBy !== 'all') news.mendedBy = requester;
  });
  const isMended = () => news.mendedBy !== undefined;
  const hasNews = () => news.trouble !== undefined || isMended();

  // A signal that comes with the start is there before the first line runs.
  while (hasNews()) {
    const requester = await untilMended();
    delete news.trouble;
    delete news.mendedBy;
    await retryParked(requester);
  }

  /** Who says so: a person, or the probe. */
  async function untilMended(): Promise<RetryRequester> {
    for (let probes = 0; ; probes += 1) {
      const requester = news.mendedBy ?? 'recovery';
      const probe = await probeConnection({ tenantId, isMended: isMended() });
      if (probe.status === 'over') return requester;
      delete news.mendedBy;
      upsertSearchAttributes([{ key: troubleAttribute, value: probe.code }]);
      setCurrentDetails(
        `**Needs attention** (\`${probe.code}\`): ${probe.words} Deliveries of the tenant wait.`,
      );
      await condition(isMended, pauseAfter(probes, policy));
    }
  }

  /** Stops as soon as a delivery meets the trouble again. */
  async function retryParked(requester: RetryRequester): Promise<void> {
    setCurrentDetails('**Mended**: what was parked starts again.');
    const first = await retryParkedBatch({ tenantId, requester, limit: FIRST_BATCH });
    if (first === 0 || (await condition(hasNews, policy.settleMs))) return;
    await retryParkedBatch({ tenantId, requester, limit: EVERYTHING });
  }
}

function pauseAfter(probes: number, { probeInitialMs, probeMaximumMs }: RecoveryPolicy): number {
  return Math.min(probeInitialMs * 2 ** probes, probeMaximumMs);
}
