import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/types.js';
import type { ConnectionTestReport } from '../domain/connection-test.js';
import { clearAttention, retryParked } from './connection-activities.js';

/** What `TestConnection` starts with. */
export interface TestConnectionInput {
  tenantId: string;
  /** How long the test may take, its look-ups included. In milliseconds. */
  attemptMs: number;
  /** A worker that is silent for so long is taken for dead, and the test is made again. In milliseconds. */
  heartbeatMs: number;
}

/**
 * Tests a tenant's connection by one call on the path of a delivery; undefined when there is no connection. A test
 * that passes ends the tenant's need for attention and tries again what had parked; one that fails changes nothing.
 */
export async function TestConnection(input: TestConnectionInput): Promise<ConnectionTestReport | undefined> {
  const { tenantId, attemptMs, heartbeatMs } = input;
  const { testConnection } = proxyActivities<Activities>({
    startToCloseTimeout: attemptMs,
    heartbeatTimeout: heartbeatMs,
    // Trouble at SuperOffice is a result; what is tried again was cut off, or our own database was away.
    retry: { initialInterval: '500ms', maximumAttempts: 3 },
  });
  const report = await testConnection({ tenantId });
  if (report?.passed !== true) return report;

  const { enabled } = await clearAttention({ tenantId });
  // While the connection is paused, what is parked would only be parked again.
  if (enabled) await retryParked({ tenantId });
  return report;
}
