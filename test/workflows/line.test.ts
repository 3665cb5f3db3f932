import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';

/** A turn that nobody extends is over before the call is. */
const LEASE_MS = 5_000;

let harness: Harness;
/** Its tenants' second call is an hour after the first. */
let slow: Harness;
const summaries = meetingSummaries();

beforeAll(async () => {
  harness = await startHarness({ PACING_IN_FLIGHT: '1', SUPEROFFICE_REQUEST_TIMEOUT: '20s' });
  slow = await startHarness({ PACING_INTERVAL: '1h' });
  await Promise.all([
    harness.startWorker({ pacing: { ...harness.config.pacing, leaseMs: LEASE_MS } }),
    slow.startWorker(),
  ]);
});
afterAll(() => Promise.all([harness.stop(), slow.stop()]));

/** Deliveries of a tenant that have a place in its line. */
async function waitingOf({ tenantId }: TestTenant): Promise<unknown[]> {
  const { rows } = (await slow.database.queries.execute(
    sql`select delivery_id from turns where tenant_id = ${tenantId} and lease_until is null`,
  )) as { rows: { delivery_id: string }[] };
  return rows.map(({ delivery_id }) => delivery_id);
}

test('a delivery that is cancelled, or superseded, while it waits for its turn gives its place up', async () => {
  const tenant = await slow.connectTenant();
  const submit = async (index: number, changes: object = {}) =>
    (await tenant.api.submit({ ...summaries[index], ...changes })).deliveryId ?? '';
  await slow.until(tenant, await submit(0), ({ state }) => state === 'delivered');
  const cancelled = await submit(1);
  const fromOutside = await submit(3);
  const superseded = await submit(2);
  await expect.poll(() => waitingOf(tenant)).toHaveLength(3);
  await tenant.api.cancel(cancelled);
  await slow.client.workflow.getHandle(deliveryWorkflowId(tenant.tenantId, fromOutside)).cancel();
  await expect.poll(() => waitingOf(tenant)).toEqual([superseded]);
  const newer = await submit(2, { summary: 'Another text.', generatedAt: '2030-01-01T00:00:00Z' });
  await slow.until(tenant, superseded, ({ state }) => state === 'superseded');
  await expect.poll(() => waitingOf(tenant)).toEqual([newer]);
});

test('a test call keeps the tenant’s turn for as long as it takes: nothing is called beside it', async () => {
  const tenant = await harness.connectTenant();
  const { customerInstance } = tenant;
  harness.sandbox.addFaults(customerInstance, { type: 'slow', delayMs: LEASE_MS * 1.5, times: 1 });
  const tested = tenant.api.test();
  await expect.poll(() => harness.sandbox.counters(customerInstance).inFlight).toBe(1);
  const { deliveryId = '' } = await tenant.api.submit(summaries[0] ?? {});
  await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  await tested;
  expect(harness.sandbox.counters(customerInstance).maxInFlight).toBe(1);
});
