import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createConnectionStore } from '../../src/store/connections.js';
import { createConnectionChanges } from '../../src/temporal/connection-changes.js';
import { connectionWorkflowId } from '../../src/temporal/names.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { request } from '../support/request.js';

let harness: Harness;
let customers = 70_000;

beforeAll(async () => {
  harness = await startHarness();
  await harness.startWorker();
});
afterAll(() => harness.stop());

const newTenant = () => `t-${randomBytes(6).toString('hex')}`;
const pathOf = (tenantId: string) => `/v1/tenants/${tenantId}/connections/superoffice`;
const put = (tenantId: string, body: object) =>
  request(harness.url, pathOf(tenantId), { method: 'PUT', body });
const get = (tenantId: string) => request(harness.url, pathOf(tenantId));
const store = () => createConnectionStore(harness.database.queries);

function newCustomer(settings: Parameters<Harness['sandbox']['addTenant']>[0] | object = {}): string {
  const customerInstance = `Cust${(customers += 1)}`;
  harness.sandbox.addTenant({ customerInstance, ...settings });
  return customerInstance;
}

const entered = (customerInstance: string) => ({
  domainPrefix: 'online2',
  customerInstance,
  token: 'the-key-of-the-script',
});

async function park(tenant: TestTenant, count: number): Promise<string[]> {
  harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
  const ids: string[] = [];
  for (const summary of meetingSummaries().slice(0, count)) {
    const { deliveryId = '' } = await tenant.api.submit(summary);
    await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');
    ids.push(deliveryId);
  }
  const parked = `/v1/tenants/${tenant.tenantId}/deliveries?state=parked`;
  await expect
    .poll(async () => (await request(harness.url, parked)).body)
    .toMatchObject({ deliveries: { length: count } });
  return ids;
}

describe('a connect', () => {
  test('keeps where SuperOffice says that the customer lives', async () => {
    const tenantId = newTenant();
    const answer = await put(tenantId, entered(newCustomer({ host: 'app' })));
    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'connected', domainPrefix: 'online2', endpoint: `app.${harness.sandbox.domain}` },
    });
    expect(answer.body).not.toHaveProperty('notice');
    expect((await get(tenantId)).body).toEqual(answer.body);
  });

  test('splits the pasted address of the script, key and all', async () => {
    const tenantId = newTenant();
    const customer = newCustomer();
    const script = `https://online2.${harness.sandbox.domain}/${customer}/CS/scripts/customer.fcgi`;
    const domainPrefix = `${script}?action=safeParse&includeId=my-script&key=zq7-secret`;
    const answer = await put(tenantId, { domainPrefix });
    expect(answer).toMatchObject({
      status: 200,
      body: { domainPrefix: 'online2', customerInstance: customer, includeId: 'my-script' },
    });
    expect(JSON.stringify(answer.body)).not.toContain('zq7');
  });

  test('does not echo a pasted address that it refuses', async () => {
    const answer = await put(newTenant(), { domainPrefix: 'https://evil.example/?key=zq7-secret' });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toMatch(/zq7|evil/);
  });

  test.each([
    ['is unknown', 'Unknown', 'tenant-unknown'],
    ['was deleted', 'Deleted', 'tenant-deleted'],
    ['is suspended', 'Suspended', 'tenant-suspended'],
  ] as const)('of a customer that %s is refused, with cause and remedy', async (_, state, code) => {
    const tenantId = newTenant();
    const answer = await put(tenantId, entered(newCustomer({ state })));
    expect(answer).toMatchObject({
      status: 422,
      body: {
        type: 'urn:dci-superoffice:problem:connection-refused',
        code,
        cause: expect.stringMatching(/^.{20}/) as string,
        remedy: expect.stringMatching(/^.{20}/) as string,
      },
    });
    expect((await get(tenantId)).status).toBe(404);
  });

  test('that is refused leaves the earlier connection as it was', async () => {
    const tenant = await harness.connectTenant();
    const before = await store().find(tenant.tenantId);
    expect((await put(tenant.tenantId, entered('Cust99999'))).status).toBe(422);
    expect(await store().find(tenant.tenantId)).toEqual(before);
  });

  test('is stored during maintenance, with a notice', async () => {
    const tenantId = newTenant();
    const answer = await put(tenantId, entered(newCustomer({ state: 'OfflineMaintenance' })));
    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'connected', notice: { code: 'maintenance' } },
    });
    expect(answer.body).not.toHaveProperty('endpoint');
  });

  test('is stored while the state API is away, and a customer that lived somewhere still lives there', async () => {
    const tenantId = newTenant();
    const customer = newCustomer();
    harness.sandbox.addFaults(customer, { type: 'state-down', times: 3 });
    const first = await put(tenantId, entered(customer));
    expect(first).toMatchObject({ status: 200, body: { notice: { code: 'state-api-away' } } });
    expect(first.body).not.toHaveProperty('endpoint');
    const second = await put(tenantId, entered(customer));
    expect(second).toMatchObject({ body: { endpoint: `online2.${harness.sandbox.domain}` } });
    harness.sandbox.tenant(customer).state = 'OfflineMaintenance';
    expect(await put(tenantId, entered(customer))).toMatchObject({
      body: { endpoint: `online2.${harness.sandbox.domain}`, notice: { code: 'maintenance' } },
    });
  });

  test('after a brief trouble of the state API is a connect without a notice', async () => {
    const customer = newCustomer();
    harness.sandbox.addFaults(customer, { type: 'state-down', times: 1 });
    const answer = await put(newTenant(), entered(customer));
    expect(answer.status).toBe(200);
    expect(answer.body).not.toHaveProperty('notice');
  });

  test('at the same time as another is refused as such, and one of them stands', async () => {
    const tenantId = newTenant();
    const customer = newCustomer();
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((includeId) => put(tenantId, { ...entered(customer), includeId })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(200);
    for (const { status, body } of answers) {
      if (status === 200) continue;
      expect({ status, body }).toMatchObject({
        status: 409,
        body: { detail: expect.stringContaining('Another change') as string },
      });
    }
    const { includeId } = (await get(tenantId)).body as { includeId: string };
    const won = answers
      .filter(({ status }) => status === 200)
      .map(({ body }) => body as { includeId: string });
    expect(won.map((one) => one.includeId)).toContain(includeId);
  });

  test('that no worker gets to goes on after the answer', async () => {
    const tenantId = newTenant();
    const changes = createConnectionChanges(
      harness.client,
      `${harness.config.taskQueue}-nobody`,
      harness.config.deliveryPolicy,
      { changeMs: 300, testMs: 300 },
    );
    const input = {
      ...entered(newCustomer()),
      includeId: 'x',
      timeZone: 'UTC',
      tenantId,
      sealedToken: 'sealed',
    };
    expect(await changes.connect(input)).toBeUndefined();
    await expect(changes.disconnect(tenantId)).rejects.toThrow('Another change');
    expect(await changes.test(tenantId)).toBeUndefined();
    await harness.client.workflow.getHandle(connectionWorkflowId(tenantId)).terminate();
  });

  test('again, with the right key, delivers what had parked', async () => {
    const tenant = await harness.connectTenant();
    const ids = await park(tenant, 3);
    harness.sandbox.tenant(tenant.customerInstance).key = 'the-new-key';
    await put(tenant.tenantId, { ...entered(tenant.customerInstance), token: 'the-new-key' });
    for (const id of ids) await harness.until(tenant, id, ({ state }) => state === 'delivered');
    expect(harness.sandbox.records(tenant.customerInstance)).toHaveLength(3);
  });

  test('shows what needs attention, and a reconnect ends it', async () => {
    const tenant = await harness.connectTenant();
    const { epoch = 0 } = (await store().find(tenant.tenantId)) ?? {};
    await store().raiseAttention(tenant.tenantId, epoch, 'script-not-reached');
    expect((await get(tenant.tenantId)).body).toMatchObject({
      state: 'attention-needed',
      attention: {
        code: 'script-not-reached',
        remedy: expect.stringContaining('token key') as string,
        since: expect.any(String) as string,
      },
    });
    const again = await put(tenant.tenantId, { ...entered(tenant.customerInstance), token: tenant.key });
    expect(again.body).toMatchObject({ state: 'connected' });
    expect(again.body).not.toHaveProperty('attention');
  });
});

describe('a pause', () => {
  const patch = (tenantId: string, body: object) =>
    request(harness.url, pathOf(tenantId), { method: 'PATCH', body });

  test('skips summaries and keeps the credentials; a resume delivers again, also what had parked', async () => {
    const tenant = await harness.connectTenant();
    const [parked = ''] = await park(tenant, 1);
    expect(await patch(tenant.tenantId, { enabled: false })).toMatchObject({
      status: 200,
      body: { state: 'paused' },
    });
    expect((await get(tenant.tenantId)).body).toMatchObject({ state: 'paused' });
    const summary = meetingSummaries()[1] ?? {};
    expect(await tenant.api.submit(summary)).toMatchObject({ state: 'skipped', reason: 'disabled' });

    harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
    expect(await patch(tenant.tenantId, { enabled: true })).toMatchObject({
      status: 200,
      // Until the probe that follows finds that the key is right again.
      body: { state: 'attention-needed' },
    });
    await harness.until(tenant, parked, ({ state }) => state === 'delivered');
    const { deliveryId = '' } = await tenant.api.submit(summary);
    await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  });

  test('needs a connection, and a plain yes or no', async () => {
    expect((await patch(newTenant(), { enabled: false })).status).toBe(404);
    expect((await patch(newTenant(), { enabled: 'no' })).status).toBe(400);
  });
});
