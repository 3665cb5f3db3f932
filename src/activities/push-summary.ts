import { performance } from 'node:perf_hooks';
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { SealedConnection } from '../domain/connection.js';
import { UnsealError } from '../domain/errors.js';
import type { Attempt, SuperOfficeClient } from '../superoffice/client.js';
import { type RetryPacing, retryDelayMs } from '../superoffice/retry-delay.js';
import type { ConnectionStore } from '../store/connections.js';
import type { Sealing } from '../store/sealing.js';
import { parkFailure, retryFailure, skipFailure } from './failures.js';
import type { AttemptObserver } from './observer.js';
import type { Activities, PushSummaryInput } from './types.js';

export interface PushSummaryDependencies {
  connections: ConnectionStore;
  sealing: Sealing;
  superOffice: SuperOfficeClient;
  pacing: RetryPacing;
  /** How often a running attempt shows that it lives, in milliseconds. */
  heartbeatIntervalMs: number;
  observer: AttemptObserver;
  random?: () => number;
}

/**
 * `pushSummary` (regular): one attempt. It reads the connection anew, so that a changed key or a disconnect counts
 * from the next attempt, opens the token at the last moment, calls SuperOffice, and throws what is to be done next.
 */
export function createPushSummary(dependencies: PushSummaryDependencies): Activities['pushSummary'] {
  const { connections, heartbeatIntervalMs, observer, pacing, random = Math.random } = dependencies;

  return async (input) => {
    const { attempt } = activityInfo();
    const startedAt = performance.now();
    const connection = await connections.find(input.tenantId);
    if (!connection) throw skipFailure('not-connected', { attempt });
    if (!connection.enabled) throw skipFailure('disabled', { attempt });

    const alive = setInterval(heartbeat, heartbeatIntervalMs);
    let result: Attempt;
    try {
      result = await push(dependencies, connection, input);
    } finally {
      clearInterval(alive);
    }

    const { meaning, status, host } = result;
    const attempted = {
      tenantId: input.tenantId,
      deliveryId: input.payload.deliveryId,
      attempt,
      status,
      host,
      durationMs: Math.round(performance.now() - startedAt),
    };
    const details = { attempt, ...(status !== undefined && { status }) };
    switch (meaning.next) {
      case 'done':
        observer.attempted({ ...attempted, next: 'done', code: meaning.receipt.result });
        return { attempt, ...meaning.receipt };
      case 'park':
        observer.attempted({ ...attempted, next: 'park', code: meaning.code });
        throw parkFailure(meaning.code, details);
      case 'retry': {
        const retryInMs = retryDelayMs({ ...meaning, attempt }, pacing, random);
        observer.attempted({ ...attempted, next: 'retry', code: meaning.code, retryInMs });
        throw retryFailure(meaning.code, retryInMs, details);
      }
    }
  };
}

async function push(
  { sealing, superOffice }: PushSummaryDependencies,
  connection: SealedConnection,
  { payload, summary }: PushSummaryInput,
): Promise<Attempt> {
  try {
    const token = await sealing.open(connection.tenantId, connection.sealedToken);
    return await superOffice.push({ connection, token, payload, summary }, cancellationSignal());
  } catch (error) {
    if (error instanceof UnsealError) return { meaning: { next: 'park', code: 'token-unreadable' } };
    throw error;
  }
}
