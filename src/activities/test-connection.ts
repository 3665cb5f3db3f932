import { performance } from 'node:perf_hooks';
import { heartbeat } from '@temporalio/activity';
import type { SealedConnection } from '../domain/connection.js';
import {
  type ConnectionCheck,
  type ConnectionTestOutcome,
  reportOf,
  type TestProgress,
} from '../domain/connection-test.js';
import { HostRefusedError } from '../domain/errors.js';
import type { ConnectionStore } from '../store/connections.js';
import { whileAlive } from './alive.js';
import { callForTest, type TestCallDependencies } from './test-call.js';
import type { Activities } from './types.js';

export interface TestConnectionDependencies extends TestCallDependencies {
  connections: ConnectionStore;
}

/**
 * `testConnection`: one call on the path of a delivery, by the same client; its result as a list of checks. What is
 * known before the call is told by a heartbeat, for those who look on.
 */
export function createTestConnection(dependencies: TestConnectionDependencies): Activities['testConnection'] {
  return async ({ tenantId }) => {
    const connection = await dependencies.connections.find(tenantId);
    if (!connection) return undefined;
    let progress: TestProgress = { passed: [] };
    const beat = () => heartbeat(progress);
    const tell = (passed: ConnectionCheck[]) => {
      progress = { passed };
      beat();
    };
    const work = async () => reportOf(await test(dependencies, connection, tell));
    return whileAlive(dependencies.heartbeatIntervalMs, work, beat);
  };
}

async function test(
  dependencies: TestConnectionDependencies,
  connection: SealedConnection,
  tell: (passed: ConnectionCheck[]) => void,
): Promise<ConnectionTestOutcome> {
  const { domainPrefix } = connection;
  try {
    const tenant = await dependencies.superOffice.lookUp(connection);
    const known = {
      domainPrefix,
      ...(tenant?.kind === 'running' && { livesAt: prefixOf(tenant.endpoint) }),
    };
    if (tenant?.kind === 'running') tell(['domain-prefix', 'customer-instance']);
    const startedAt = performance.now();
    const result = await callForTest(dependencies, connection);
    if ('waitMs' in result) return { ...known, trouble: 'waiting-turn' };
    const { meaning, status } = result;
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

function prefixOf(endpoint: string): string {
  return new URL(endpoint).hostname.split('.')[0] ?? '';
}
