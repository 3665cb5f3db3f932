import { performance } from 'node:perf_hooks';
import { activityInfo } from '@temporalio/activity';
import type { SealedConnection } from '../domain/connection.js';
import { isTenantTrouble, wordsOf } from '../domain/diagnosis.js';
import { UnsealError } from '../domain/errors.js';
import type { ConnectionStore } from '../store/connections.js';
import type { Sealing } from '../store/sealing.js';
import type { Attempt, SuperOfficeClient } from '../superoffice/client.js';
import { type RetryPacing, retryDelayMs } from '../superoffice/retry-delay.js';
import type { Recovery } from '../temporal/recovery.js';
import { openCredentials } from './credentials.js';
import type { AttemptObserver } from './observer.js';
import type { AttemptOutcome, PushSummaryInput } from './types.js';

export interface AttemptDependencies {
  connections: ConnectionStore;
  sealing: Sealing;
  superOffice: SuperOfficeClient;
  recovery: Recovery;
  retryPacing: RetryPacing;
  observer: AttemptObserver;
  random?: () => number;
}

/**
 * Calls SuperOffice once with the token opened at the last moment, and tells and notes what came of it.
 *
 * @param calls this one included
 * @throws the signal's reason when the caller aborts
 */
export async function makeAttempt(
  dependencies: AttemptDependencies,
  connection: SealedConnection,
  input: PushSummaryInput,
  calls: number,
  signal: AbortSignal,
): Promise<AttemptOutcome> {
  const { connections, recovery } = dependencies;
  const { tenantId } = input;
  const { epoch } = connection;
  const tell = teller(dependencies.observer, input, calls);
  const { meaning, status, host, endpoint } = await push(dependencies, connection, input, signal);
  const answer = { ...(status !== undefined && { status }) };
  switch (meaning.next) {
    case 'done':
      tell({ next: 'done', code: meaning.receipt.result, status, host });
      if (endpoint !== undefined && endpoint !== connection.endpoint) {
        // For when the state API is away; not worth a second call of the script.
        await connections.rememberEndpoint(tenantId, epoch, endpoint).catch(() => undefined);
      }
      if (connection.attentionCode !== null && (await connections.clearAttention(tenantId, epoch))) {
        await recovery.mended(tenantId, 'recovery');
      }
      return { next: 'done', receipt: meaning.receipt };
    case 'park':
      tell({ next: 'park', code: meaning.code, status, host });
      if (isTenantTrouble(meaning.code)) {
        // In this order: a recovery that finds nothing noted looks for itself.
        await recovery.trouble(tenantId, meaning.code);
        await connections.raiseAttention(tenantId, epoch, meaning.code);
      }
      return { next: 'park', code: meaning.code, words: wordsOf(meaning.code), ...answer };
    case 'retry': {
      const { retryPacing, random = Math.random } = dependencies;
      const retryInMs = retryDelayMs({ ...meaning, attempt: calls }, retryPacing, random);
      tell({ next: 'retry', code: meaning.code, status, host, retryInMs });
      return { next: 'retry', failed: { code: meaning.code, ...answer, retryInMs } };
    }
  }
}

type Told = Pick<
  Parameters<AttemptObserver['attempted']>[0],
  'next' | 'code' | 'status' | 'host' | 'retryInMs'
>;

/** Tells of one attempt of a delivery, and of how long it took since now. */
export function teller(
  observer: AttemptObserver,
  {
    tenantId,
    payload: { deliveryId },
  }: Pick<PushSummaryInput, 'tenantId'> & { payload: { deliveryId: string } },
  attempt: number,
): (told: Told) => void {
  const startedAt = performance.now();
  return (told) => {
    observer.attempted({
      tenantId,
      deliveryId,
      ...activityInfo().workflowExecution,
      attempt,
      durationMs: Math.round(performance.now() - startedAt),
      ...told,
    });
  };
}

async function push(
  { sealing, superOffice }: AttemptDependencies,
  connection: SealedConnection,
  { payload, summary }: PushSummaryInput,
  signal: AbortSignal,
): Promise<Attempt> {
  try {
    const credentials = await openCredentials(sealing, connection);
    return await superOffice.push({ connection, ...credentials, payload, summary }, signal);
  } catch (error) {
    if (error instanceof UnsealError) return { meaning: { next: 'park', code: 'token-unreadable' } };
    throw error;
  }
}
