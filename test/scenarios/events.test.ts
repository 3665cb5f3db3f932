import proto from '@temporalio/proto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createPayloadCodec } from '../../src/temporal/codec.js';
import { currentDetailsOf } from '../support/current-details.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { type EventReceiver, startEventReceiver } from '../support/event-receiver.js';
import { meetingSummaries } from '../support/meetings.js';
import { recoveryWorkflowId } from '../../src/temporal/names.js';
import { payloadsOf } from '../../src/temporal/payloads.js';
import { listedAsParked, submitAll, untilAll } from '../support/scenario.js';

const { History } = proto.temporal.api.history.v1;

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes or so').toString('base64')}`;

interface SentEvent {
  type: string;
  timestamp: string;
  data: { tenantId: string; deliveryId?: string; code?: string; cause?: string; remedy?: string };
}

let harness: Harness;
let receiver: EventReceiver;
beforeAll(async () => {
  receiver = await startEventReceiver();
  harness = await startHarness({
    EVENTS_URL: receiver.url,
    EVENTS_SECRETS: SECRET,
    EVENTS_RETRY_INITIAL: '1ms',
  });
  await harness.startWorker();
});
beforeEach(() => receiver.reset());
afterAll(async () => {
  await harness.stop();
  await receiver.close();
});

/** Of one tenant, each verified, without repetitions. */
function eventsOf({ tenantId }: TestTenant): SentEvent[] {
  const byId = new Map<string, SentEvent>();
  for (const { headers, body } of receiver.received) {
    const event = new Webhook(SECRET).verify(body, headers) as SentEvent;
    if (event.data.tenantId === tenantId) byId.set(headers['webhook-id'] ?? '', event);
  }
  return [...byId.values()];
}

/** What was logged of the attempts to tell of a tenant's events. */
function attemptsOf({ tenantId }: TestTenant): { next: string; status?: number }[] {
  return harness.logs
    .map((line) => JSON.parse(line) as { workflowId?: string; msg: string; next: string; status?: number })
    .filter(({ workflowId, next }) => next && workflowId?.startsWith(`event/${tenantId}/`));
}

/** How often it was given up, for all tenants: counted since the harness started. */
async function countOfGivenUp(): Promise<number> {
  const [, count = '0'] =
    /^dci_superoffice_event_attempts_total\{next="give-up"\} (\d+)$/m.exec(await harness.metrics()) ?? [];
  return Number(count);
}

const typesOf = (tenant: TestTenant) => eventsOf(tenant).map(({ type }) => type);

const detailsOfRecovery = ({ tenantId }: TestTenant) =>
  currentDetailsOf(harness.client.workflow.getHandle(recoveryWorkflowId(tenantId)));

test('a delivery that is parked, and expires, is told of; codes and words, nothing personal', async () => {
  const short = await startHarness({
    EVENTS_URL: receiver.url,
    EVENTS_SECRETS: SECRET,
    PARKED_EXPIRY: '2s',
  });
  onTestFinished(() => short.stop());
  await short.startWorker();
  const tenant = await short.connectTenant();
  short.sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request' });
  const [summary] = meetingSummaries();
  const [id] = await submitAll(tenant, [summary ?? {}]);
  await expect
    .poll(() => typesOf(tenant), { timeout: 20_000 })
    .toEqual(['delivery.parked', 'delivery.expired']);
  expect(eventsOf(tenant)[0]).toEqual({
    type: 'delivery.parked',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    data: {
      tenantId: tenant.tenantId,
      deliveryId: id,
      code: 'script-refused',
      cause: 'The receiver script refused this summary.',
      remedy: expect.any(String) as string,
    },
  });
  const bodies = receiver.received.map(({ body }) => body).join('');
  for (const secret of [tenant.key, summary?.meetingName ?? '', '@']) expect(bodies).not.toContain(secret);
  expect(short.logs.join('')).not.toContain(SECRET.slice('whsec_'.length));
});

test('a connection in trouble is told of once, and so is that it is over; held deliveries are not', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
  const summaries = meetingSummaries().slice(0, 4);
  const ids = await submitAll(tenant, summaries.slice(0, 1));
  await untilAll(harness, tenant, ids, 'parked');
  await expect.poll(() => typesOf(tenant)).toContain('connection.attention-needed');
  ids.push(...(await submitAll(tenant, summaries.slice(1))));
  await listedAsParked(tenant, 4);
  harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
  await expect.poll(() => typesOf(tenant), { timeout: 20_000 }).toContain('connection.recovered');
  await untilAll(harness, tenant, ids, 'delivered');
  // Each event has a workflow of its own, and comes in its own time.
  await expect
    .poll(() => typesOf(tenant).sort())
    .toEqual(['connection.attention-needed', 'connection.recovered', 'delivery.parked']);
});

test('that a connection’s trouble is over is told also where the tenant was paused in between', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
  const ids = await submitAll(tenant, meetingSummaries().slice(0, 1));
  await expect.poll(() => typesOf(tenant)).toContain('connection.attention-needed');
  await tenant.api.pause();
  await expect.poll(() => detailsOfRecovery(tenant)).toContain('Paused');
  await listedAsParked(tenant, 1);
  harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
  await tenant.api.resume();
  await untilAll(harness, tenant, ids, 'delivered');
  await expect.poll(() => typesOf(tenant)).toContain('connection.recovered');
});

test('what passes by itself is no trouble of a connection that was just replaced, and holds nothing up', async () => {
  const tenant = await harness.connectTenant();
  const { customerInstance } = tenant;
  harness.sandbox.tenant(customerInstance).key = 'another key';
  const ids = await submitAll(tenant, meetingSummaries().slice(0, 2));
  await untilAll(harness, tenant, ids, 'parked');
  await expect.poll(() => typesOf(tenant)).toContain('connection.attention-needed');
  await listedAsParked(tenant, 2);
  harness.sandbox.addFaults(customerInstance, { type: 'status', status: 503 });
  await tenant.api.connect({ domainPrefix: 'online2', customerInstance, token: 'another key' });
  await expect.poll(() => detailsOfRecovery(tenant)).toContain('Unclear');
  harness.sandbox.tenant(customerInstance).faults = [];
  await untilAll(harness, tenant, ids, 'delivered');
  await expect.poll(() => typesOf(tenant)).toContain('connection.recovered');
  const codes = eventsOf(tenant).flatMap(({ type, data }) =>
    type === 'connection.attention-needed' ? [data.code] : [],
  );
  expect(codes).toEqual(['script-not-reached']);
});

test('an event that is not taken is sent again: the same id, the same bytes, a signature that is valid then', async () => {
  receiver.answers.push({ status: 500 }, { status: 503 });
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request', times: 1 });
  await submitAll(tenant, meetingSummaries().slice(0, 1));
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(3);
  const [first, , third] = receiver.received;
  expect(third?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(third?.body).toBe(first?.body);
  expect(eventsOf(tenant)).toHaveLength(1);
  // The last one is logged a moment after the receiver has taken it.
  await expect
    .poll(() => attemptsOf(tenant).map(({ next, status }) => [next, status]))
    .toEqual([
      ['retry', 500],
      ['retry', 503],
      ['done', undefined],
    ]);
});

test('the secret of events is in no log, metric or history, encrypted or not', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request', times: 1 });
  await submitAll(tenant, meetingSummaries().slice(0, 1));
  const query = `WorkflowType = "SendEvent" AND TenantId = "${tenant.tenantId}" AND ExecutionStatus = "Completed"`;
  await expect
    .poll(async () => (await harness.client.workflow.count(query)).count, { timeout: 20_000 })
    .toBe(1);
  const places = [...harness.logs, await harness.metrics()].map((text) => Buffer.from(text));
  const codec = createPayloadCodec(harness.config.payloadKeys);
  const context = { type: 'workflow', namespace: 'default', workflowId: '' } as const;
  for await (const { workflowId } of harness.client.workflow.list({ query })) {
    const history = await harness.client.workflow.getHandle(workflowId).fetchHistory();
    const decoded = await codec.decode(payloadsOf(history.events), context);
    places.push(Buffer.from(History.encode(history).finish()));
    places.push(...decoded.map(({ data }) => Buffer.from(data ?? [])));
  }
  const everything = Buffer.concat(places);
  // The search finds what is there.
  expect(everything.includes(JSON.stringify('{"type":"delivery.parked"').slice(1, -1))).toBe(true);
  const encoded = SECRET.slice('whsec_'.length);
  expect(everything.includes(encoded)).toBe(false);
  expect(everything.includes(Buffer.from(encoded, 'base64'))).toBe(false);
});

test('a receiver that is gone for good is not asked again, and the workflow says so', async () => {
  receiver.answers.push({ status: 410 });
  const givenUpBefore = await countOfGivenUp();
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request', times: 1 });
  await submitAll(tenant, meetingSummaries().slice(0, 1));
  const query = `WorkflowType = "SendEvent" AND TenantId = "${tenant.tenantId}" AND ExecutionStatus = "Completed"`;
  await expect
    .poll(async () => (await harness.client.workflow.count(query)).count, { timeout: 20_000 })
    .toBeGreaterThan(0);
  for await (const { workflowId } of harness.client.workflow.list({ query })) {
    expect(await harness.client.workflow.getHandle(workflowId).result()).toBe('undeliverable');
    break;
  }
  expect(receiver.received).toHaveLength(1);
  expect(attemptsOf(tenant).map(({ next }) => next)).toEqual(['give-up']);
  expect(await countOfGivenUp()).toBe(givenUpBefore + 1);
});

test('events are counted in the metrics', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request', times: 1 });
  const ids = await submitAll(tenant, meetingSummaries().slice(0, 1));
  await untilAll(harness, tenant, ids, 'parked');
  await expect
    .poll(() => harness.metrics())
    .toMatch(/dci_superoffice_events_total\{type="delivery.parked",code="script-refused"\} [1-9]/);
});
