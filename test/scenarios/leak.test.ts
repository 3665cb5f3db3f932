import type { Payload } from '@temporalio/common';
import proto, { type temporal } from '@temporalio/proto';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completedEvent, webhookHeaders } from '../../sandbox/dci-event.js';
import { createPayloadCodec } from '../../src/temporal/codec.js';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { retrySignal } from '../../src/workflows/messages.js';
import { type EventReceiver, startEventReceiver } from '../support/event-receiver.js';
import { API_TOKEN, type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.js';
import { csrfTokenIn, openLink, portalLink, staffCookie } from '../support/portal.js';
import { payloadsOf } from '../../src/temporal/payloads.js';

const { History: HistoryMessage } = proto.temporal.api.history.v1;
type History = temporal.api.history.v1.IHistory;
const { ListWorkflowExecutionsResponse, DescribeWorkflowExecutionResponse } =
  proto.temporal.api.workflowservice.v1;

const SIGNING_SECRET = 'signing-secret-0123456789';
const WEBHOOK_SECRET = 'webhook-secret-0123456789';
const DCI_API_TOKEN = 'mt_dci-api-token-0123456789';
const EVENTS_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
/** Each of them lies somewhere, sealed or in a configuration. */
const secrets = [SIGNING_SECRET, WEBHOOK_SECRET, DCI_API_TOKEN, EVENTS_SECRET, API_TOKEN];

/** Shorter pieces of a text say nothing about whose it is. */
const MIN_SENTENCE_LENGTH = 25;

let harness: Harness;
let collector: OtlpReceiver;
let events: EventReceiver;
beforeAll(async () => {
  collector = await startOtlpReceiver();
  events = await startEventReceiver();
  // The exporter reads these itself.
  const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100' };
  Object.assign(process.env, tracing);
  harness = await startHarness({ ...tracing, EVENTS_URL: events.url, EVENTS_SECRETS: EVENTS_SECRET });
  await harness.startWorker();
});
afterAll(async () => {
  await harness.stop();
  await collector.close();
  await events.close();
});

test('no token, no key-bearing URL, no sentence and no address of a person is found anywhere it does not belong', async () => {
  const tenant = await harness.connectTenant();
  const summaries = meetingSummaries();
  harness.sandbox.addFaults(
    tenant.customerInstance,
    { type: 'reset', times: 2 },
    { type: 'throttle', retryAfter: 1, times: 2 },
    { type: 'landed-timeout', times: 1 },
    // Counterparties quote credentials back.
    { type: 'status', status: 500, body: `<html>failed: key=${tenant.key}</html>`, times: 2 },
    { type: 'status', status: 403, body: `the key ${tenant.key} is refused`, times: 1 },
    { type: 'not-ok', error: `bad key ${tenant.key}`, times: 1 },
    { type: 'truncated', times: 1 },
    { type: 'html', times: 1 },
  );
  const ids = await Promise.all(
    summaries.map(async (summary) => (await tenant.api.submit(summary)).deliveryId ?? ''),
  );
  // One after the other: thirty-five pollers at once are a load of their own.
  for (const id of ids) await deliverInTheEnd(tenant, id);
  expect(harness.sandbox.records(tenant.customerInstance)).toHaveLength(summaries.length);

  await changeConnection(tenant);
  await sendWebhooks(tenant);
  const places = { ...(await temporalPlaces(tenant, ids)), ...(await otherPlaces(tenant, ids)) };
  const needles = needlesOf(tenant, summaries);
  for (const [place, bytes] of Object.entries(places)) {
    expect(bytes.length, `${place} was looked at`).toBeGreaterThan(0);
    expect(
      needles.filter((needle) => bytes.includes(needle)),
      place,
    ).toEqual([]);
  }
  process.stdout.write(
    `looked for ${needles.length} secrets in ${Object.values(places).reduce((sum, { length }) => sum + length, 0)} ` +
      `bytes of ${Object.keys(places).join(', ')}: found 0 times\n`,
  );

  // Spans of every kind were among what was looked at.
  const names = collector.spans().map(({ name }) => name);
  for (const name of [
    'StartWorkflow:DeliverSummary',
    'RunWorkflow:DeliverSummary',
    'RunActivity:pushSummary',
  ])
    expect(names).toContain(name);

  // So were events, of deliveries that parked.
  expect(places['operational events']?.toString()).toContain('delivery.parked');

  // The search finds what is there: the same histories, decoded, hold the sentences; the sandbox got the key.
  const decodedDeliveries = await decoded(await historiesOf(tenant, ids));
  const sentences = needlesOf({ ...tenant, key: 'x'.repeat(40) }, summaries.slice(0, 3)).slice(
    3 + secrets.length,
  );
  expect(sentences.filter((sentence) => !decodedDeliveries.includes(sentence))).toEqual([]);

  // Even decoded, no history holds a secret but sealed: not those of deliveries, nor those of connects and tests.
  const changes = await decoded(await historiesOfChanges(tenant));
  expect(changes).toContain('eyJ');
  expect(
    [decodedDeliveries, changes].filter((text) =>
      [tenant.key, ...secrets].some((secret) => text.includes(secret)),
    ),
  ).toEqual([]);
}, 180_000);

/** Tests and connects once more, so that these workflows are looked at in each of their courses. */
async function changeConnection(tenant: TestTenant): Promise<void> {
  const path = `/v1/tenants/${tenant.tenantId}/connections/superoffice`;
  const { customerInstance, key: token } = tenant;
  const settings = { domainPrefix: 'online2', customerInstance, token, signingSecret: SIGNING_SECRET };
  const sandboxTenant = harness.sandbox.tenant(tenant.customerInstance);
  await ask(`${path}/test`, 'POST');
  harness.sandbox.addFaults(tenant.customerInstance, {
    type: 'not-ok',
    error: `bad key ${tenant.key}`,
    times: 1,
  });
  await ask(`${path}/test`, 'POST');
  sandboxTenant.state = 'Suspended';
  await ask(path, 'PUT', settings);
  sandboxTenant.state = 'Running';
  const script = `https://online2.${harness.sandbox.domain}/${tenant.customerInstance}/CS/scripts/customer.fcgi`;
  await ask(path, 'PUT', {
    domainPrefix: `${script}?action=safeParse&key=${tenant.key}`,
    signingSecret: SIGNING_SECRET,
  });
  // A wrong signature is told of as well.
  sandboxTenant.signingSecret = `${SIGNING_SECRET}-of-the-script`;
  await ask(`${path}/test`, 'POST');
}

/** Sets up DCI's webhook, and has one arrive that is DCI's, one that is forged and one that can't be read. */
async function sendWebhooks({ tenantId }: TestTenant): Promise<void> {
  const path = `/v1/tenants/${tenantId}/hooks/dci`;
  await ask(`${path}/secrets`, 'POST', { secret: WEBHOOK_SECRET });
  await ask(path, 'PUT', { apiToken: DCI_API_TOKEN });
  const [summary] = meetingSummaries();
  const event = completedEvent({ summary: summary?.summary, user: { email: summary?.presenterEmail } });
  for (const [body, secret, status] of [
    [JSON.stringify(event), WEBHOOK_SECRET, 202],
    [JSON.stringify(event), `${WEBHOOK_SECRET}-forged`, 401],
    [JSON.stringify(event).slice(0, -1), WEBHOOK_SECRET, 400],
  ] as const) {
    const headers = { 'content-type': 'application/json', ...webhookHeaders(secret, body) };
    expect((await fetch(harness.url + path, { method: 'POST', headers, body })).status).toBe(status);
  }
}

/** Retries a delivery as often as it parks: the fault that meets it after a retry may park it again. */
async function deliverInTheEnd(tenant: TestTenant, id: string): Promise<void> {
  for (;;) {
    const { state, attempts } = await harness.until(
      tenant,
      id,
      (delivery) => delivery.state !== 'delivering',
    );
    if (state !== 'parked') return;
    await handleOf(tenant, id).signal(retrySignal);
    await harness.until(
      tenant,
      id,
      (delivery) => delivery.state !== 'parked' || delivery.attempts > attempts,
    );
  }
}

function handleOf({ tenantId }: TestTenant, deliveryId: string) {
  return harness.client.workflow.getHandle(deliveryWorkflowId(tenantId, deliveryId));
}

function needlesOf({ key }: TestTenant, summaries: ReturnType<typeof meetingSummaries>): string[] {
  const sentences = summaries
    .flatMap(({ summary }) => summary.split(/[.\n]/))
    .map((sentence) => JSON.stringify(sentence.trim()).slice(1, -1))
    .filter(({ length }) => length >= MIN_SENTENCE_LENGTH);
  const people = summaries.flatMap(({ presenterEmail, participantEmails }) => [
    presenterEmail,
    ...participantEmails,
  ]);
  const encoded = Buffer.from(key).toString('base64').replace(/=+$/, '');
  return [
    ...new Set([
      key,
      encoded,
      ...secrets,
      'customer.fcgi?',
      ...sentences,
      ...people.filter((one) => one !== undefined),
    ]),
  ];
}

async function temporalPlaces(tenant: TestTenant, ids: readonly string[]): Promise<Record<string, Buffer>> {
  const histories = [...(await historiesOf(tenant, ids)), ...(await historiesOfChanges(tenant))];
  const descriptions: Uint8Array[] = [];
  for (const id of ids) {
    const handle = handleOf(tenant, id);
    descriptions.push(DescribeWorkflowExecutionResponse.encode((await handle.describe()).raw).finish());
  }
  const list = await harness.client.workflowService.listWorkflowExecutions({
    namespace: 'default',
    query: `TenantId = "${tenant.tenantId}"`,
  });
  return {
    'raw histories of all else': Buffer.concat(await otherHistories(tenant)),
    'raw histories': Buffer.concat(histories.map((history) => HistoryMessage.encode(history).finish())),
    'memos and search attributes': Buffer.concat([
      ...descriptions,
      ListWorkflowExecutionsResponse.encode(list).finish(),
    ]),
  };
}

/** All but the API's document, which is the same for everybody: a test compares it with the one that is checked in. */
async function otherPlaces(tenant: TestTenant, ids: readonly string[]): Promise<Record<string, Buffer>> {
  const base = `/v1/tenants/${tenant.tenantId}`;
  const answers = [
    await ask(`${base}/connections/superoffice`),
    await ask(`${base}/deliveries?limit=200`),
    ...(await Promise.all(ids.map((id) => ask(`${base}/deliveries/${id}`)))),
    await ask('/v1/operations/overview'),
    await ask(`${base}/connections/superoffice`, 'PUT', {
      domainPrefix: 'a.b',
      customerInstance: 'x',
      token: tenant.key,
    }),
    await ask(`${base}/summaries`, 'POST', { ...meetingSummaries()[0], startsAt: 'never' }),
    await ask(
      `${base}/summaries`,
      'POST',
      `{"summary": "${meetingSummaries()[0]?.summary.slice(0, 60) ?? ''}`,
    ),
    await ask(`${base}/hooks/dci`),
  ];
  const rows = await allRows();
  return {
    "the operators' view": Buffer.from(await operatorsView()),
    'API answers': Buffer.from(answers.join('\n')),
    pages: Buffer.from((await pagesOf(tenant, ids)).join('\n')),
    metrics: Buffer.from(await ask('/metrics')),
    database: Buffer.from(JSON.stringify(rows)),
    'operational events': Buffer.from(JSON.stringify(events.received)),
    logs: Buffer.from(harness.logs.join('\n')),
    traces: collector.bytes(),
  };
}

/** What each table holds. */
async function allRows(): Promise<unknown[]> {
  const rowsOf = async (query: SQL) =>
    ((await harness.database.queries.execute(query)) as { rows: Record<string, unknown>[] }).rows;
  const tables = await rowsOf(
    sql`select table_name from information_schema.tables where table_schema = 'public'`,
  );
  expect(tables.length).toBeGreaterThan(3);
  return Promise.all(
    tables.map((table) => rowsOf(sql`select * from ${sql.identifier(String(table.table_name))}`)),
  );
}

/** The settings page and every part of it, and what a form answers that can't be taken. */
async function pagesOf({ tenantId, key }: TestTenant, ids: readonly string[]): Promise<string[]> {
  const { cookie, location } = await openLink(await portalLink(harness.url, tenantId));
  const get = async (part: string) =>
    (await fetch(harness.url + location + part, { headers: { cookie } })).text();
  const page = await get('');
  const refused = await fetch(`${harness.url}${location}/connection`, {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'x-csrf-token': csrfTokenIn(page) },
    body: new URLSearchParams({
      domainPrefix: `https://a.b/CS/scripts/customer.fcgi?key=${key}`,
      token: key,
    }),
  });
  const deliveries = await Promise.all(ids.map((id) => get(`/deliveries/${id}`)));
  return [page, await get('/connection?change'), await get('/test'), await refused.text(), ...deliveries];
}

/** As somebody of staff sees it, who has signed in. */
async function operatorsView(): Promise<string> {
  const cookie = await staffCookie(harness.url, API_TOKEN);
  const page = await fetch(`${harness.url}/operators`, { headers: { cookie }, redirect: 'manual' });
  expect(page.status).toBe(200);
  return page.text();
}

async function ask(path: string, method = 'GET', body?: object | string): Promise<string> {
  const response = await fetch(harness.url + path, {
    method,
    headers: { authorization: `Bearer ${API_TOKEN}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return `${JSON.stringify([...response.headers])}\n${await response.text()}`;
}

async function historiesOf(tenant: TestTenant, ids: readonly string[]): Promise<History[]> {
  const histories: History[] = [];
  for (const id of ids) histories.push(await handleOf(tenant, id).fetchHistory());
  return histories;
}

/** Those of recoveries, of events and of whatever else is done for a tenant. */
async function otherHistories({ tenantId }: TestTenant): Promise<Uint8Array[]> {
  const encoded: Uint8Array[] = [];
  const query =
    `TenantId = "${tenantId}" AND ` +
    'WorkflowType NOT IN ("DeliverSummary", "ConnectSuperOffice", "TestConnection")';
  await expect.poll(async () => (await harness.client.workflow.count(query)).count).toBeGreaterThan(1);
  for await (const { workflowId, runId } of harness.client.workflow.list({ query })) {
    const history = await harness.client.workflow.getHandle(workflowId, runId).fetchHistory();
    encoded.push(HistoryMessage.encode(history).finish());
  }
  return encoded;
}

/** Those of the workflows that changed or tested the connection. */
async function historiesOfChanges(tenant: TestTenant): Promise<History[]> {
  const types: string[] = [];
  const histories: History[] = [];
  const query = `TenantId = "${tenant.tenantId}" AND WorkflowType IN ("ConnectSuperOffice", "TestConnection")`;
  // Visibility follows a little later.
  await expect.poll(async () => (await harness.client.workflow.count(query)).count).toBe(6);
  for await (const { workflowId, runId, type } of harness.client.workflow.list({ query })) {
    types.push(type);
    histories.push(await harness.client.workflow.getHandle(workflowId, runId).fetchHistory());
  }
  // Connected, refused, connected again by a pasted address; tested three times.
  expect(types.sort()).toEqual([
    ...Array<string>(3).fill('ConnectSuperOffice'),
    ...Array<string>(3).fill('TestConnection'),
  ]);
  return histories;
}

async function decoded(histories: readonly History[]): Promise<string> {
  const codec = createPayloadCodec(harness.config.payloadKeys);
  const context = { type: 'workflow', namespace: 'default', workflowId: '' } as const;
  const payloads: Payload[] = [];
  for (const { events } of histories) payloads.push(...(await codec.decode(payloadsOf(events), context)));
  return payloads.map(({ data }) => Buffer.from(data ?? []).toString()).join('\n');
}
