import { performance } from 'node:perf_hooks';
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { holdOf, type SealedConnection } from '../domain/connection.js';
import type { PushProgress } from '../domain/delivery.js';
import { isTenantTrouble } from '../domain/diagnosis.js';
import { UnsealError } from '../domain/errors.js';
import type { ConnectionStore } from '../store/connections.js';
import type { Pacing } from '../store/pacing.js';
import type { Revisions } from '../store/revisions.js';
import type { Sealing } from '../store/sealing.js';
import type { Attempt, SuperOfficeClient } from '../superoffice/client.js';
import { type RetryPacing, retryDelayMs } from '../superoffice/retry-delay.js';
import type { Recovery } from '../temporal/recovery.js';
import { openCredentials } from './credentials.js';
import { endFailure, parkFailure, retryFailure } from './failures.js';
import type { AttemptObserver } from './observer.js';
import { takeTurn, type Turn } from './turn.js';
import type { Activities, PushSummaryInput } from './types.js';

export interface PushSummaryDependencies {
  connections: ConnectionStore;
  revisions: Revisions;
  sealing: Sealing;
  pacing: Pacing;
  superOffice: SuperOfficeClient;
  recovery: Recovery;
  retryPacing: RetryPacing;
  /** How often a running attempt shows that it lives, in milliseconds. */
  heartbeatIntervalMs: number;
  observer: AttemptObserver;
  random?: () => number;
}

/**
 * `pushSummary` (regular): one attempt. It reads the connection anew, so that a changed key, a pause or a disconnect
 * counts from the next attempt, takes its turn in the tenant's line, opens the token at the last moment, calls
 * SuperOffice, and throws what is to be done next.
 *
 * Temporal also counts the times that it came too early; calls are counted in the heartbeat's details, which
 * a failed attempt hands on to the next.
 */
export function createPushSummary(dependencies: PushSummaryDependencies): Activities['pushSummary'] {
  const { heartbeatIntervalMs } = dependencies;

  return async (input) => {
    const progress: PushProgress = (activityInfo().heartbeatDetails as PushProgress | undefined) ?? {
      calls: 0,
    };
    let connection = await admit(dependencies, input, progress.calls);
    let turn: Turn | undefined;
    let callMs: number | undefined;
    const alive = setInterval(() => {
      heartbeat(progress);
      void turn?.extend();
    }, heartbeatIntervalMs);
    try {
      await refuseWhileAway(dependencies, connection, input, progress.calls);
      const place = { tenantId: input.tenantId, deliveryId: input.payload.deliveryId };
      const taken = await takeTurn(dependencies.pacing, place, cancellationSignal());
      if ('waitMs' in taken) {
        throw retryFailure('waiting-turn', taken.waitMs, { attempt: progress.calls });
      }
      turn = taken;
      // The deliveries before this one may just have found out that the key is wrong.
      if (turn.hasWaited) connection = await admit(dependencies, input, progress.calls);
      progress.calls += 1;
      const startedAt = performance.now();
      return await attempt(dependencies, connection, input, progress.calls).finally(() => {
        callMs = performance.now() - startedAt;
      });
    } catch (error) {
      // Handed on to the next attempt with the failure: no call of its own to Temporal.
      heartbeat(progress);
      throw error;
    } finally {
      clearInterval(alive);
      await turn?.end(callMs);
    }
  };
}

/** The connection to push to; throws where there is to be no call. */
async function admit(
  { connections, revisions }: PushSummaryDependencies,
  { tenantId, payload, insist = false }: PushSummaryInput,
  calls: number,
): Promise<SealedConnection> {
  const connection = await connections.find(tenantId);
  if (!connection) throw endFailure('skip:not-connected', { attempt: calls });
  const trouble = holdOf(connection, insist);
  if (trouble !== null) {
    throw parkFailure(trouble, { attempt: calls, held: true, epoch: connection.epoch });
  }
  // The first attempt follows at once on entering this summary among those of its meeting.
  const mayBeOld = activityInfo().attempt > 1 && !payload.force;
  if (mayBeOld && !(await revisions.isNewest({ tenantId, ...payload }))) {
    throw endFailure('superseded', { attempt: calls });
  }
  return connection;
}

/** A night of maintenance takes no turns: thousands that wait would only stand in each other's way. */
async function refuseWhileAway(
  { superOffice, retryPacing, observer, random = Math.random }: PushSummaryDependencies,
  connection: SealedConnection,
  { tenantId, payload: { deliveryId } }: PushSummaryInput,
  calls: number,
): Promise<void> {
  if (!(await superOffice.isAway(connection))) return;
  const code = 'maintenance';
  const retryInMs = retryDelayMs({ code, attempt: calls }, retryPacing, random);
  const facts = { tenantId, deliveryId, attempt: calls, status: undefined, host: undefined, durationMs: 0 };
  observer.attempted({ ...facts, ...activityInfo().workflowExecution, next: 'retry', code, retryInMs });
  throw retryFailure(code, retryInMs, { attempt: calls });
}

async function attempt(
  dependencies: PushSummaryDependencies,
  connection: SealedConnection,
  input: PushSummaryInput,
  calls: number,
) {
  const { connections, observer, retryPacing, recovery, random = Math.random } = dependencies;
  const { tenantId, payload } = input;
  const { epoch } = connection;
  const startedAt = performance.now();
  const { meaning, status, host, endpoint } = await push(dependencies, connection, input);
  const attempted = {
    tenantId,
    deliveryId: payload.deliveryId,
    ...activityInfo().workflowExecution,
    attempt: calls,
    status,
    host,
    durationMs: Math.round(performance.now() - startedAt),
  };
  const details = { attempt: calls, ...(status !== undefined && { status }) };
  switch (meaning.next) {
    case 'done':
      observer.attempted({ ...attempted, next: 'done', code: meaning.receipt.result });
      if (endpoint !== undefined && endpoint !== connection.endpoint) {
        // For when the state API is away; not worth a second call of the script.
        await connections.rememberEndpoint(tenantId, endpoint).catch(() => undefined);
      }
      if (connection.attentionCode !== null && (await connections.clearAttention(tenantId))) {
        await recovery.mended(tenantId, 'recovery');
      }
      return { attempt: calls, ...meaning.receipt };
    case 'park':
      observer.attempted({ ...attempted, next: 'park', code: meaning.code });
      if (isTenantTrouble(meaning.code)) {
        // In this order: a recovery that finds nothing noted looks for itself.
        await recovery.trouble(tenantId, meaning.code);
        await connections.raiseAttention(tenantId, epoch, meaning.code);
      }
      throw parkFailure(meaning.code, { ...details, epoch });
    case 'retry': {
      const retryInMs = retryDelayMs({ ...meaning, attempt: calls }, retryPacing, random);
      observer.attempted({ ...attempted, next: 'retry', code: meaning.code, retryInMs });
      throw retryFailure(meaning.code, retryInMs, details);
    }
  }
}

async function push(
  { sealing, superOffice }: PushSummaryDependencies,
  connection: SealedConnection,
  { payload, summary }: PushSummaryInput,
): Promise<Attempt> {
  try {
    const credentials = await openCredentials(sealing, connection);
    return await superOffice.push({ connection, ...credentials, payload, summary }, cancellationSignal());
  } catch (error) {
    if (error instanceof UnsealError) return { meaning: { next: 'park', code: 'token-unreadable' } };
    throw error;
  }
}
