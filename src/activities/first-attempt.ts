import { performance } from 'node:perf_hooks';
import { cancellationSignal } from '@temporalio/activity';
import { LRUCache } from 'lru-cache';
import type { SealedConnection } from '../domain/connection.js';
import type { Pacing } from '../store/pacing.js';
import { retryDelayMs } from '../superoffice/retry-delay.js';
import { type AttemptDependencies, makeAttempt, teller } from './attempt.js';
import { placeOf } from './turn.js';
import type { AttemptOutcome, PushSummaryInput } from './types.js';

/** Bounds of what is tried at once. */
export interface FirstAttemptLimits {
  /** How long SuperOffice may take to answer, in milliseconds; absent: every attempt is `pushSummary`'s. */
  atOnceMs: number | undefined;
  /** First attempts at the same time in this process: each of them holds a workflow task up. */
  maxAtOnce: number;
}

export interface FirstAttemptDependencies extends AttemptDependencies, FirstAttemptLimits {
  pacing: Pacing;
}

/** A tenant whose SuperOffice did not answer in time is not called at once for so long, in milliseconds. */
const SLOW_FOR_MS = 10 * 60_000;
const MAX_SLOW_TENANTS = 10_000;

/** Makes the first attempt of a delivery; undefined where none was made, or none that is known of. */
export type TryAtOnce = (
  connection: SealedConnection,
  input: PushSummaryInput,
) => Promise<AttemptOutcome | undefined>;

/**
 * The first attempt, within the first workflow task, where nothing has to be waited for: it is the tenant's turn,
 * SuperOffice is up and usually quick, and the process has room. Whatever does not end well goes on as `pushSummary`,
 * where Temporal shows it and tries it again.
 *
 * A worker that dies in the middle leaves no trace in the history; the call is then made again with the same delivery
 * id, which the receiver script knows.
 */
export function createFirstAttempt(dependencies: FirstAttemptDependencies): TryAtOnce {
  const { pacing, superOffice, retryPacing, observer, maxAtOnce, random = Math.random } = dependencies;
  const slowTenants = new LRUCache<string, true>({ max: MAX_SLOW_TENANTS, ttl: SLOW_FOR_MS });
  let underWay = 0;

  async function push(
    connection: SealedConnection,
    input: PushSummaryInput,
    atOnceMs: number,
  ): Promise<AttemptOutcome | undefined> {
    const { tenantId } = input;
    const inTime = AbortSignal.timeout(atOnceMs);
    const signal = AbortSignal.any([cancellationSignal(), inTime]);
    if (await superOffice.isAway(connection, signal)) return undefined;
    const place = placeOf(input);
    // A place in the line is kept for `pushSummary`.
    if ((await pacing.take(place)) > 0) return undefined;
    const tell = teller(observer, input, 1);
    const startedAt = performance.now();
    try {
      return await makeAttempt(dependencies, connection, input, 1, signal);
    } catch (error) {
      if (error !== inTime.reason) throw error;
      slowTenants.set(tenantId, true);
      const code = 'timeout';
      const retryInMs = retryDelayMs({ code, attempt: 1 }, retryPacing, random);
      tell({ next: 'retry', code, status: undefined, host: undefined, retryInMs });
      return { next: 'retry', failed: { code, retryInMs } };
    } finally {
      const heldMs = performance.now() - startedAt;
      await pacing.end(place, { heldMs, callMs: heldMs }).catch(() => undefined);
    }
  }

  return async (connection, input) => {
    const { atOnceMs } = dependencies;
    if (atOnceMs === undefined || underWay >= maxAtOnce || slowTenants.has(input.tenantId)) return undefined;
    underWay += 1;
    try {
      return await push(connection, input, atOnceMs);
    } catch {
      // The worker stops, the database is away: nothing that another attempt could not mend.
      return undefined;
    } finally {
      underWay -= 1;
    }
  };
}
