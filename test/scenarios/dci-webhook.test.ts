import { randomBytes } from 'node:crypto';
import proto from '@temporalio/proto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { completedEvent, webhookHeaders } from '../../sandbox/dci-event.js';
import { dciThrottled } from '../../sandbox/dci.js';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { cancelSignal } from '../../src/workflows/messages.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { request } from '../support/request.js';

const { History } = proto.temporal.api.history.v1;
const LINK = 'https://dci.example/recordings/1?signature=zq7';
/** More than the tests need, less than they wait. */
const WINDOW_MS = 6_000;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ DCI_RECORDING_WINDOW: `${WINDOW_MS}ms` });
  await harness.startWorker();
});
afterAll(() => harness.stop());
beforeEach(() => {
  Object.assign(harness.sandbox.dci, { isAway: false, faults: [], calls: [] });
});

interface HookedTenant extends TestTenant {
  secret: string;
}

async function hookedTenant(apiToken: string | null = harness.sandbox.dci.apiToken): Promise<HookedTenant> {
  const tenant = await harness.connectTenant();
  const path = `/v1/tenants/${tenant.tenantId}/hooks/dci`;
  const { body } = await request(harness.url, `${path}/secrets`, { method: 'POST' });
  await request(harness.url, path, { method: 'PUT', body: { apiToken } });
  return { ...tenant, secret: (body as { secret: string }).secret };
}

/** A conversation that was recorded, completed: the delivery that DCI's webhook starts. */
async function complete(tenant: HookedTenant, conversation: Record<string, unknown> = {}) {
  const id = `c-${randomBytes(6).toString('hex')}`;
  harness.sandbox.dci.recordings.set(id, { url: LINK });
  const participants = [{ email: 'asa.akerlund@akerlunds.example' }];
  const event = JSON.stringify(completedEvent({ id, participants, ...conversation }));
  const answer = await request(harness.url, `/v1/tenants/${tenant.tenantId}/hooks/dci`, {
    method: 'POST',
    body: event,
    token: '',
    headers: webhookHeaders(tenant.secret, event),
  });
  expect(answer.status).toBe(202);
  return { id, deliveryId: (answer.body as { deliveryId: string }).deliveryId };
}

const handleOf = ({ tenantId }: TestTenant, deliveryId: string) =>
  harness.client.workflow.getHandle(deliveryWorkflowId(tenantId, deliveryId));

const delivered = (tenant: TestTenant, deliveryId: string) =>
  harness.until(tenant, deliveryId, ({ state }) => state !== 'delivering');

const recordOf = (tenant: TestTenant) => harness.sandbox.records(tenant.customerInstance)[0];

test('the record in SuperOffice has the link to the recording, as DCI tells it', async () => {
  const tenant = await hookedTenant();
  const { id, deliveryId } = await complete(tenant);
  expect(await delivered(tenant, deliveryId)).toMatchObject({ state: 'delivered', attempts: 1 });
  expect(recordOf(tenant)).toMatchObject({ meetingId: id, recordingUrl: LINK });
  expect(harness.sandbox.dci.calls).toMatchObject([{ conversationId: id, status: 200 }]);
});

test('while DCI is away, the link is looked for, and then the summary goes out without it', async () => {
  const tenant = await hookedTenant();
  harness.sandbox.dci.isAway = true;
  const { deliveryId } = await complete(tenant);
  expect(await delivered(tenant, deliveryId)).toMatchObject({ state: 'delivered', attempts: 1 });
  expect(recordOf(tenant)).toMatchObject({ recordingUrl: '' });
  expect(harness.sandbox.dci.calls.length).toBeGreaterThan(2);
  // Logs of workflows come a little later.
  await expect.poll(() => harness.logs.join()).toContain('delivering without the link to the recording');
});

test('DCI that throttles is asked again when it says, and not before', async () => {
  const tenant = await hookedTenant();
  harness.sandbox.dci.faults.push(dciThrottled(1));
  const { deliveryId } = await complete(tenant);
  expect(await delivered(tenant, deliveryId)).toMatchObject({ state: 'delivered' });
  expect(recordOf(tenant)).toMatchObject({ recordingUrl: LINK });
  const [first, second] = harness.sandbox.dci.calls.map(({ at }) => at);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(950);
});

test('DCI that asks for more time than there is is not waited for', async () => {
  const tenant = await hookedTenant();
  harness.sandbox.dci.faults.push(dciThrottled(3600));
  const { deliveryId } = await complete(tenant);
  expect(await delivered(tenant, deliveryId)).toMatchObject({ state: 'delivered' });
  expect(recordOf(tenant)).toMatchObject({ recordingUrl: '' });
  expect(harness.sandbox.dci.calls).toHaveLength(1);
});

test.each([
  ['a token that DCI does not take', 'mt_wrong', 'unauthorized', 1],
  ['no token', null, undefined, 0],
])('with %s the summary goes out without the link', async (_case, apiToken, code, calls) => {
  const tenant = await hookedTenant(apiToken);
  const { deliveryId } = await complete(tenant);
  expect(await delivered(tenant, deliveryId)).toMatchObject({ state: 'delivered' });
  expect(recordOf(tenant)).toMatchObject({ recordingUrl: '' });
  expect(harness.sandbox.dci.calls).toHaveLength(calls);
  if (code !== undefined) await expect.poll(() => harness.logs.join()).toContain(`"code":"${code}"`);
});

test('a token that is forgotten meanwhile is not used', async () => {
  const tenant = await hookedTenant();
  harness.sandbox.dci.faults.push(dciThrottled(1));
  const { deliveryId } = await complete(tenant);
  await expect.poll(() => harness.sandbox.dci.calls.length, { interval: 5 }).toBe(1);
  const path = `/v1/tenants/${tenant.tenantId}/hooks/dci`;
  await request(harness.url, path, { method: 'PUT', body: { apiToken: null } });
  expect(await delivered(tenant, deliveryId)).toMatchObject({ state: 'delivered' });
  expect(harness.sandbox.dci.calls).toHaveLength(1);
});

test('a delivery that waits for its link can be cancelled', async () => {
  const tenant = await hookedTenant();
  harness.sandbox.dci.faults.push(dciThrottled(2));
  const { deliveryId } = await complete(tenant);
  await expect.poll(() => harness.sandbox.dci.calls.length, { interval: 5 }).toBe(1);
  await handleOf(tenant, deliveryId).signal(cancelSignal);
  expect(await delivered(tenant, deliveryId)).toMatchObject({ state: 'cancelled' });
  expect(recordOf(tenant)).toBeUndefined();
});

test('neither secret nor API token is found anywhere it does not belong', async () => {
  const tenant = await hookedTenant();
  harness.sandbox.dci.faults.push(
    { type: 'status', status: 500, body: { token: tenant.secret, echo: harness.sandbox.dci.apiToken } },
    { type: 'reset' },
  );
  const { deliveryId } = await complete(tenant, { summary: 'A sentence that nobody else must read.' });
  await delivered(tenant, deliveryId);
  const base = `/v1/tenants/${tenant.tenantId}`;
  const answers = await Promise.all(
    [`${base}/hooks/dci`, `${base}/deliveries`, `${base}/deliveries/${deliveryId}`, '/metrics'].map(
      async (path) => JSON.stringify(await request(harness.url, path)),
    ),
  );
  const history = await handleOf(tenant, deliveryId).fetchHistory();
  const rows = await harness.database.queries.execute(sql`select * from dci_hooks`);
  const places = {
    'API answers': Buffer.from(answers.join('\n')),
    history: Buffer.from(History.encode(history).finish()),
    database: Buffer.from(JSON.stringify(rows)),
    logs: Buffer.from(harness.logs.join('\n')),
  };
  const needles = [
    tenant.secret,
    harness.sandbox.dci.apiToken,
    LINK,
    'A sentence that nobody else must read.',
    'asa.akerlund@akerlunds.example',
    'erik.lindstrom@telco-demo.test',
  ];
  for (const [place, bytes] of Object.entries(places)) {
    expect(bytes.length, `${place} was looked at`).toBeGreaterThan(100);
    expect(
      needles.filter((needle) => bytes.includes(needle)),
      place,
    ).toEqual([]);
  }
  // The search finds what is there: DCI got the token, SuperOffice the link.
  expect(recordOf(tenant)).toMatchObject({ recordingUrl: LINK });
});
