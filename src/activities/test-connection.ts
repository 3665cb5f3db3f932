import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { SealedConnection } from '../domain/connection.js';
import { type ConnectionTestOutcome, reportOf } from '../domain/connection-test.js';
import { HostRefusedError, UnsealError } from '../domain/errors.js';
import type { ConnectionStore } from '../store/connections.js';
import type { Sealing } from '../store/sealing.js';
import type { Attempt, SuperOfficeClient } from '../superoffice/client.js';
import { buildTestPayload } from '../superoffice/payload.js';
import type { Activities } from './types.js';

export interface TestConnectionDependencies {
  connections: ConnectionStore;
  sealing: Sealing;
  superOffice: SuperOfficeClient;
  /** How often a running test shows that it lives, in milliseconds. */
  heartbeatIntervalMs: number;
}

/** `testConnection`: one call on the path of a delivery, by the same client; its result as a list of checks. */
export function createTestConnection(dependencies: TestConnectionDependencies): Activities['testConnection'] {
  return async ({ tenantId }) => {
    const connection = await dependencies.connections.find(tenantId);
    if (!connection) return undefined;
    const alive = setInterval(heartbeat, dependencies.heartbeatIntervalMs);
    try {
      return reportOf(await test(dependencies, connection));
    } finally {
      clearInterval(alive);
    }
  };
}

async function test(
  dependencies: TestConnectionDependencies,
  connection: SealedConnection,
): Promise<ConnectionTestOutcome> {
  const { domainPrefix } = connection;
  try {
    const tenant = await dependencies.superOffice.lookUp(connection);
    const known = {
      domainPrefix,
      ...(tenant?.kind === 'running' && { livesAt: prefixOf(tenant.endpoint) }),
    };
    const startedAt = performance.now();
    const { meaning, status } = await call(dependencies, connection);
    const latencyMs = status === undefined ? {} : { latencyMs: Math.round(performance.now() - startedAt) };
    if (meaning.next !== 'done') return { ...known, ...latencyMs, trouble: meaning.code };
    const { receipt, scriptVersion } = meaning;
    return {
      ...known,
      ...latencyMs,
      // `pong` is no result of a delivery; a script that answers with one of those has taken it for a summary.
      knowsTests: receipt.result === 'accepted',
      ...(scriptVersion !== undefined && { scriptVersion }),
    };
  } catch (error) {
    if (error instanceof HostRefusedError) return { domainPrefix, trouble: 'host-refused' };
    throw error;
  }
}

/** The one call of a test. */
async function call(
  { sealing, superOffice }: TestConnectionDependencies,
  connection: SealedConnection,
): Promise<Attempt> {
  try {
    const token = await sealing.open(connection.tenantId, connection.sealedToken);
    const payload = buildTestPayload(randomBytes(16).toString('hex'), new Date(), connection);
    return await superOffice.push({ connection, token, payload, summary: '' }, cancellationSignal());
  } catch (error) {
    if (error instanceof UnsealError) return { meaning: { next: 'park', code: 'token-unreadable' } };
    throw error;
  }
}

function prefixOf(endpoint: string): string {
  return new URL(endpoint).hostname.split('.')[0] ?? '';
}
