import { performance } from 'node:perf_hooks';
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { holdOf, type SealedConnection } from '../domain/connection.js';
import type { PushProgress } from '../domain/delivery.js';
import type { Pacing } from '../store/pacing.js';
import type { Revisions } from '../store/revisions.js';
import { retryDelayMs } from '../superoffice/retry-delay.js';
import { type AttemptDependencies, makeAttempt, teller } from './attempt.js';
import { endFailure, parkFailure, retryFailure } from './failures.js';
import { placeOf, takeTurn, type Turn } from './turn.js';
import type { Activities, FailedCall, PushSummaryInput, PushSummaryResult } from './types.js';

export interface PushSummaryDependencies extends AttemptDependencies {
  revisions: Revisions;
  pacing: Pacing;
  /** How often a running attempt shows that it lives, in milliseconds. */
  heartbeatIntervalMs: number;
}

/**
 * `pushSummary` (regular): one attempt. It reads the connection anew, so that a changed key, a pause or a disconnect
 * counts from the next attempt, takes its turn in the tenant's line, calls SuperOffice, and throws what is to be done
 * next.
 *
 * Temporal also counts the times that it came too early; calls are counted in the heartbeat's details, which
 * a failed attempt hands on to the next.
 */
export function createPushSummary(dependencies: PushSummaryDependencies): Activities['pushSummary'] {
  const { heartbeatIntervalMs } = dependencies;

  return async (input) => {
    const info = activityInfo();
    const progress: PushProgress = (info.heartbeatDetails as PushProgress | undefined) ?? {
      calls: input.failed ? 1 : 0,
    };
    if (input.failed && info.attempt === 1) {
      heartbeat(progress);
      throw failureOf(input.failed, progress.calls);
    }
    let connection = await admit(dependencies, input, progress.calls);
    let turn: Turn | undefined;
    let callMs: number | undefined;
    const alive = setInterval(() => {
      heartbeat(progress);
      void turn?.extend();
    }, heartbeatIntervalMs);
    try {
      await refuseWhileAway(dependencies, connection, input, progress.calls);
      const taken = await takeTurn(dependencies.pacing, placeOf(input), cancellationSignal());
      if ('waitMs' in taken) {
        throw retryFailure('waiting-turn', taken.waitMs, { attempt: progress.calls });
      }
      turn = taken;
      // The deliveries before this one may just have found out that the key is wrong.
      if (turn.hasWaited) connection = await admit(dependencies, input, progress.calls);
      progress.calls += 1;
      const startedAt = performance.now();
      return await call(dependencies, connection, input, progress.calls).finally(() => {
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

async function call(
  dependencies: PushSummaryDependencies,
  connection: SealedConnection,
  input: PushSummaryInput,
  calls: number,
): Promise<PushSummaryResult> {
  const outcome = await makeAttempt(dependencies, connection, input, calls, cancellationSignal());
  switch (outcome.next) {
    case 'done':
      return { attempt: calls, ...outcome.receipt };
    case 'retry':
      throw failureOf(outcome.failed, calls);
    case 'park': {
      const { code, status } = outcome;
      const { epoch } = connection;
      throw parkFailure(code, { attempt: calls, epoch, ...(status !== undefined && { status }) });
    }
  }
}

function failureOf({ code, status, retryInMs }: FailedCall, calls: number) {
  return retryFailure(code, retryInMs, { attempt: calls, ...(status !== undefined && { status }) });
}

/** The connection to push to; where there is to be no call, gives the place in the line up and throws. */
async function admit(
  dependencies: PushSummaryDependencies,
  input: PushSummaryInput,
  calls: number,
): Promise<SealedConnection> {
  const admitted = await connectionOrRefusal(dependencies, input, calls);
  if (!(admitted instanceof ApplicationFailure)) return admitted;
  await dependencies.pacing.leave(placeOf(input)).catch(() => undefined);
  throw admitted;
}

async function connectionOrRefusal(
  { connections, revisions }: PushSummaryDependencies,
  { tenantId, payload, insist = false }: PushSummaryInput,
  calls: number,
): Promise<SealedConnection | ApplicationFailure> {
  const connection = await connections.find(tenantId);
  if (!connection) return endFailure('skip:not-connected', { attempt: calls });
  const { epoch } = connection;
  const trouble = holdOf(connection, insist);
  if (trouble !== null) return parkFailure(trouble, { attempt: calls, held: true, epoch });
  // Before the first attempt this summary was entered among those of its meeting, at most a look for its recording ago.
  const mayBeOld = activityInfo().attempt > 1 && !payload.force;
  if (mayBeOld && !(await revisions.isNewest({ tenantId, ...payload }))) {
    return endFailure('superseded', { attempt: calls });
  }
  return connection;
}

/** A night of maintenance takes no turns: thousands that wait would only stand in each other's way. */
async function refuseWhileAway(
  { superOffice, retryPacing, observer, random = Math.random }: PushSummaryDependencies,
  connection: SealedConnection,
  input: PushSummaryInput,
  calls: number,
): Promise<void> {
  const tell = teller(observer, input, calls);
  if (!(await superOffice.isAway(connection, cancellationSignal()))) return;
  const code = 'maintenance';
  const retryInMs = retryDelayMs({ code, attempt: calls }, retryPacing, random);
  tell({ next: 'retry', code, status: undefined, host: undefined, retryInMs });
  throw retryFailure(code, retryInMs, { attempt: calls });
}
