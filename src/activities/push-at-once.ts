import { performance } from 'node:perf_hooks';
import { cancellationSignal } from '@temporalio/activity';
import { LRUCache } from 'lru-cache';
import type { Pacing } from '../store/pacing.js';
import { buildPayload } from '../superoffice/payload.js';
import { retryDelayMs } from '../superoffice/retry-delay.js';
import { type AttemptDependencies, findUsable, makeAttempt, teller } from './attempt.js';
import type { Activities, PushAtOnceResult, PushSummaryInput } from './types.js';

export interface PushAtOnceDependencies extends AttemptDependencies {
  pacing: Pacing;
  /** Calls at the same time in this process: each of them holds a workflow task up. */
  maxConcurrent: number;
}

/** A tenant whose SuperOffice did not answer in time is not called at once for so long, in milliseconds. */
const SLOW_FOR_MS = 10 * 60_000;
const MAX_SLOW_TENANTS = 10_000;

const HANDED_ON: PushAtOnceResult = { status: 'handed-on' };

/**
 * `pushAtOnce` (local): the first attempt, within the first workflow task, where nothing has to be waited for: it is
 * the tenant's turn, SuperOffice is up and usually quick, and the process has room. Whatever does not end well goes on
 * as `pushSummary`, where Temporal shows it and tries it again.
 *
 * A worker that dies in the middle leaves no trace in the history; the call is then made again with the same delivery
 * id, which the receiver script knows.
 */
export function createPushAtOnce(dependencies: PushAtOnceDependencies): Activities['pushAtOnce'] {
  const { pacing, superOffice, retryPacing, observer, random = Math.random } = dependencies;
  const slowTenants = new LRUCache<string, true>({ max: MAX_SLOW_TENANTS, ttl: SLOW_FOR_MS });
  let underWay = 0;

  async function push(input: PushSummaryInput, atOnceMs: number): Promise<PushAtOnceResult> {
    const { tenantId, payload } = input;
    const connection = await findUsable(dependencies, input, 0);
    if (await superOffice.isAway(connection)) return HANDED_ON;
    const place = { tenantId, deliveryId: payload.deliveryId };
    // A place in the line is kept for `pushSummary`.
    if ((await pacing.take(place)) > 0) return HANDED_ON;
    const tell = teller(observer, input, 1);
    const inTime = AbortSignal.timeout(atOnceMs);
    const startedAt = performance.now();
    try {
      const outcome = await makeAttempt(
        dependencies,
        connection,
        input,
        1,
        AbortSignal.any([cancellationSignal(), inTime]),
      );
      if (outcome.status === 'failed') return { status: 'handed-on', failed: outcome.failed };
      return { ...outcome, attempt: 1 };
    } catch (error) {
      if (!inTime.aborted || cancellationSignal().aborted) throw error;
      slowTenants.set(tenantId, true);
      const code = 'timeout';
      const retryInMs = retryDelayMs({ code, attempt: 1 }, retryPacing, random);
      tell({ next: 'retry', code, status: undefined, host: undefined, retryInMs });
      return { status: 'handed-on', failed: { code, retryInMs } };
    } finally {
      await pacing.end(place, performance.now() - startedAt).catch(() => undefined);
    }
  }

  return async ({ tenantId, text, atOnceMs, summary, timeZone, ...context }) => {
    if (underWay >= dependencies.maxConcurrent || slowTenants.has(tenantId)) return HANDED_ON;
    underWay += 1;
    try {
      const payload = buildPayload(context, summary, { timeZone });
      return await push({ tenantId, payload, summary: text }, atOnceMs);
    } finally {
      underWay -= 1;
    }
  };
}
