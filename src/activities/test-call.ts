import { randomBytes } from 'node:crypto';
import { cancellationSignal } from '@temporalio/activity';
import type { SealedConnection } from '../domain/connection.js';
import { UnsealError } from '../domain/errors.js';
import type { Pacing } from '../store/pacing.js';
import type { Sealing } from '../store/sealing.js';
import type { Attempt, SuperOfficeClient } from '../superoffice/client.js';
import { buildTestPayload } from '../superoffice/payload.js';
import { whileAlive } from './alive.js';
import { openCredentials } from './credentials.js';
import { type Later, takeTurn } from './turn.js';

export interface TestCallDependencies {
  sealing: Sealing;
  pacing: Pacing;
  superOffice: SuperOfficeClient;
  /** How often a call that runs shows that it does, in milliseconds. */
  heartbeatIntervalMs: number;
}

/**
 * One call of a test, on the path of a delivery: the same line (before those who wait in it), token, client and guard.
 * `Later` while a call that hangs takes the tenant's turn.
 */
export async function callForTest(
  { sealing, pacing, superOffice, heartbeatIntervalMs }: TestCallDependencies,
  connection: SealedConnection,
): Promise<Attempt | Later> {
  const { tenantId } = connection;
  const deliveryId = randomBytes(16).toString('hex');
  const turn = await takeTurn(pacing, { tenantId, deliveryId }, cancellationSignal(), { express: true });
  if ('waitMs' in turn) return turn;
  const call = async () => {
    const credentials = await openCredentials(sealing, connection);
    const payload = buildTestPayload(deliveryId, new Date(), connection);
    return superOffice.push({ connection, ...credentials, payload, summary: '' }, cancellationSignal());
  };
  try {
    return await whileAlive(heartbeatIntervalMs, call, () => void turn.extend());
  } catch (error) {
    if (error instanceof UnsealError) return { meaning: { next: 'park', code: 'token-unreadable' } };
    throw error;
  } finally {
    await turn.end();
  }
}
