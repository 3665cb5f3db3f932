import { cancellationSignal } from '@temporalio/activity';
import { diagnosisOf, isTenantTrouble } from '../domain/diagnosis.js';
import { UnsealError } from '../domain/errors.js';
import type { SealedConnection } from '../domain/connection.js';
import type { Pacing } from '../store/pacing.js';
import type { ConnectionStore } from '../store/connections.js';
import type { Sealing } from '../store/sealing.js';
import type { Meaning } from '../superoffice/answer.js';
import type { SuperOfficeClient } from '../superoffice/client.js';
import { probePayload } from '../superoffice/probe-payload.js';
import { retryFailure } from './failures.js';
import { takeTurn } from './turn.js';
import type { Activities, ProbeResult } from './types.js';

export interface ProbeConnectionDependencies {
  connections: ConnectionStore;
  sealing: Sealing;
  pacing: Pacing;
  superOffice: SuperOfficeClient;
}

/**
 * `probeConnection` (regular): one test call in place of all deliveries that wait. Notes in the database what it
 * finds: that is where deliveries look.
 */
export function createProbeConnection(
  dependencies: ProbeConnectionDependencies,
): Activities['probeConnection'] {
  const { connections, pacing } = dependencies;
  return async ({ tenantId, isMended }) => {
    const connection = await connections.find(tenantId);
    if (!connection?.enabled) return { status: 'moot' };
    if (isMended && connection.attentionCode === null) return { status: 'over' };
    const turn = await takeTurn(pacing, { tenantId, deliveryId: 'probe' }, cancellationSignal(), {
      express: true,
    });
    if ('waitMs' in turn) throw retryFailure('waiting-turn', turn.waitMs, { attempt: 0 });
    const meaning = await probe(dependencies, connection).finally(() => turn.end());
    if (meaning.next === 'park' && isTenantTrouble(meaning.code)) {
      await connections.raiseAttention(tenantId, connection.epoch, meaning.code);
      return troubled(meaning.code);
    }
    // What passes by itself says nothing about the trouble that was met.
    if (meaning.next === 'retry') return troubled(connection.attentionCode ?? meaning.code);
    await connections.clearAttention(tenantId);
    return { status: 'over' };
  };
}

async function probe(
  { sealing, superOffice }: ProbeConnectionDependencies,
  connection: SealedConnection,
): Promise<Meaning> {
  try {
    const token = await sealing.open(connection.tenantId, connection.sealedToken);
    const push = { connection, token, payload: probePayload(), summary: '' };
    return (await superOffice.push(push, cancellationSignal())).meaning;
  } catch (error) {
    if (error instanceof UnsealError) return { next: 'park', code: 'token-unreadable' };
    throw error;
  }
}

function troubled(code: string): ProbeResult {
  const { cause, remedy } = diagnosisOf(code);
  return { status: 'troubled', code, words: `${cause} ${remedy}` };
}
