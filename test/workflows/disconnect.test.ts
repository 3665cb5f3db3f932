import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createConnectionStore } from '../../src/store/connections.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { request } from '../support/request.js';
import { newTenantId } from '../support/tenant-api.js';

let harness: Harness;
const [template] = meetingSummaries();

beforeAll(async () => {
  harness = await startHarness();
  await harness.startWorker();
});
afterAll(() => harness.stop());

const base = ({ tenantId }: Pick<TestTenant, 'tenantId'>) => `/v1/tenants/${tenantId}`;
const disconnect = (tenant: Pick<TestTenant, 'tenantId'>) =>
  request(harness.url, `${base(tenant)}/connections/superoffice`, { method: 'DELETE' });
const forget = (tenant: Pick<TestTenant, 'tenantId'>) =>
  request(harness.url, base(tenant), { method: 'DELETE' });
const store = () => createConnectionStore(harness.database.queries);

async function submit(tenant: TestTenant, count: number, name: string): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { deliveryId = '' } = await tenant.api.submit({ ...template, meetingId: `${name}-${index}` });
    ids.push(deliveryId);
  }
  return ids;
}

/** A tenant with one delivery in SuperOffice, and many that are parked, wait for an attempt, or hang in a call. */
async function tenantWithPending() {
  const tenant = await harness.connectTenant();
  const [delivered = ''] = await submit(tenant, 1, 'delivered');
  await harness.until(tenant, delivered, ({ state }) => state === 'delivered');

  harness.sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request', times: 20 });
  const parked = await submit(tenant, 20, 'parked');
  for (const id of parked) await harness.until(tenant, id, ({ state }) => state === 'parked');

  harness.sandbox.addFaults(tenant.customerInstance, { type: 'throttle', retryAfter: 3600, times: 20 });
  const waiting = await submit(tenant, 20, 'waiting');
  for (const id of waiting) await harness.until(tenant, id, ({ lastFailure }) => lastFailure !== undefined);

  harness.sandbox.addFaults(tenant.customerInstance, { type: 'slow', delayMs: 900 });
  const hanging = await submit(tenant, 10, 'hanging');
  await expect.poll(() => harness.sandbox.counters(tenant.customerInstance).inFlight).toBeGreaterThan(0);
  return { tenant, delivered, pending: [...parked, ...waiting, ...hanging] };
}

describe('a disconnect', () => {
  test('erases the connection, cancels everything pending, and leaves what is in SuperOffice alone', async () => {
    const { tenant, delivered, pending } = await tenantWithPending();
    const answer = await disconnect(tenant);
    expect(answer).toMatchObject({ status: 200, body: { state: 'disconnected' } });
    const { cancelledDeliveries } = answer.body as { cancelledDeliveries: number };
    // One whose call hung may have ended by itself, as skipped or delivered, before it was asked to.
    expect(cancelledDeliveries).toBeGreaterThanOrEqual(40);
    expect(cancelledDeliveries).toBeLessThanOrEqual(50);
    expect(await store().find(tenant.tenantId)).toBeUndefined();

    const ends: string[] = [];
    for (const id of pending) {
      const { state } = await harness.until(
        tenant,
        id,
        (delivery) => delivery.state !== 'delivering' && delivery.state !== 'parked',
      );
      ends.push(state);
    }
    expect(ends.filter((state) => state === 'cancelled').length).toBeGreaterThanOrEqual(40);
    expect(ends.filter((state) => state === 'failed')).toEqual([]);
    expect((await tenant.api.delivery(delivered)).state).toBe('delivered');
    const records = harness.sandbox.records(tenant.customerInstance).map(({ meetingId }) => meetingId);
    expect(records).toContain('delivered-0');
    expect(records.filter((meetingId) => !/^(delivered|hanging)-/.test(meetingId))).toEqual([]);
    expect(new Set(records).size).toBe(records.length);

    expect(await tenant.api.submit({ ...template, meetingId: 'afterwards' })).toMatchObject({
      state: 'skipped',
      reason: 'not-connected',
    });
  });

  test('of a tenant that is not connected is not found, also the second time', async () => {
    const tenant = await harness.connectTenant();
    expect(await disconnect(tenant)).toMatchObject({
      status: 200,
      body: { state: 'disconnected', cancelledDeliveries: 0 },
    });
    expect((await disconnect(tenant)).status).toBe(404);
  });

  test('concerns no other tenant', async () => {
    const tenant = await harness.connectTenant();
    const other = await harness.connectTenant();
    harness.sandbox.tenant(other.customerInstance).key = 'another key';
    const [id = ''] = await submit(other, 1, 'other');
    await harness.until(other, id, ({ state }) => state === 'parked');
    await disconnect(tenant);
    expect((await other.api.delivery(id)).state).toBe('parked');
    expect(await store().find(other.tenantId)).toBeDefined();
  });
});

describe('the deletion of a tenant', () => {
  const listed = async (tenantId: string) =>
    (await harness.client.workflow.count(`TenantId = "${tenantId}"`)).count;

  async function rowsOf(tenantId: string): Promise<number> {
    let rows = 0;
    for (const table of ['connections', 'pacing', 'turns', 'revisions', 'dci_hooks']) {
      const result = (await harness.database.queries.execute(
        sql`select 1 from ${sql.identifier(table)} where tenant_id = ${tenantId}`,
      )) as { rows: unknown[] };
      rows += result.rows.length;
    }
    return rows;
  }

  test('ends its workflows and removes its rows and histories, and nothing of another tenant', async () => {
    const { tenant, pending, delivered } = await tenantWithPending();
    const other = await harness.connectTenant();
    const [kept = ''] = await submit(other, 1, 'kept');
    await harness.until(other, kept, ({ state }) => state === 'delivered');
    await harness.database.queries.execute(
      sql`insert into dci_hooks (tenant_id, sealed_secrets) values (${tenant.tenantId}, '{sealed}')`,
    );
    expect(await rowsOf(tenant.tenantId)).toBeGreaterThanOrEqual(2);

    const answer = await forget(tenant);
    expect(answer).toMatchObject({ status: 200, body: { state: 'deleted' } });
    const counts = answer.body as Record<'cancelledDeliveries' | 'deletedWorkflows' | 'deletedRows', number>;
    expect(counts.cancelledDeliveries).toBeGreaterThanOrEqual(40);
    // All deliveries, the workflow that connected the tenant, and the one that looked for what was parked before.
    expect(counts.deletedWorkflows).toBe(pending.length + 3);
    expect(counts.deletedRows).toBeGreaterThanOrEqual(2);
    expect(await rowsOf(tenant.tenantId)).toBe(0);
    // The server deletes in its own time.
    await expect.poll(() => listed(tenant.tenantId), { timeout: 50_000, interval: 500 }).toBe(0);
    for (const id of [delivered, pending[0] ?? '']) {
      expect((await request(harness.url, `${base(tenant)}/deliveries/${id}`)).status).toBe(404);
    }

    expect((await other.api.delivery(kept)).state).toBe('delivered');
    expect(await rowsOf(other.tenantId)).toBeGreaterThanOrEqual(1);
    expect(await listed(other.tenantId)).toBeGreaterThanOrEqual(2);
  }, 90_000);

  test('that nobody knows, or twice, finds nothing and is fine', async () => {
    const tenant = { tenantId: newTenantId() };
    for (let time = 0; time < 2; time += 1) {
      expect(await forget(tenant)).toMatchObject({
        status: 200,
        body: { state: 'deleted', cancelledDeliveries: 0, deletedWorkflows: 0, deletedRows: 0 },
      });
    }
  });
});
