import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { SHIPPED_VERSION } from '../../sandbox/installed-script.js';
import type { Sandbox } from '../../sandbox/start.js';
import type { ConnectionTestReport } from '../../src/domain/connection-test.js';
import { createConnectionStore } from '../../src/store/connections.js';
import { testWorkflowId } from '../../src/temporal/names.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { request } from '../support/request.js';
import { type TestedCase, tableOfTests } from './support/table-of-tests.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
  await harness.startWorker();
});
afterAll(() => harness.stop());

const pathOf = ({ tenantId }: TestTenant) => `/v1/tenants/${tenantId}/connections/superoffice/test`;
const run = (tenant: TestTenant) => request(harness.url, pathOf(tenant), { method: 'POST' });
const store = () => createConnectionStore(harness.database.queries);

async function reportOf(tenant: TestTenant): Promise<ConnectionTestReport> {
  const { status, body } = await run(tenant);
  expect(status).toBe(200);
  return body as ConnectionTestReport;
}

/** What the tenant's last test did, in order. */
async function activitiesOfTest({ tenantId }: TestTenant): Promise<(string | null | undefined)[]> {
  const { events } = await harness.client.workflow.getHandle(testWorkflowId(tenantId)).fetchHistory();
  return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled ? [scheduled.activityType?.name] : [],
  );
}

const failedOf = ({ checks }: ConnectionTestReport) => checks.find(({ result }) => result === 'failed');

type SandboxTenant = ReturnType<Sandbox['tenant']>;
const add = (tenant: SandboxTenant, ...faults: Parameters<SandboxTenant['faults']['push']>) =>
  void tenant.faults.push(...faults);

/** What the sandbox can do wrong, in the order of the checks that it fails. */
const misconfigurations: [string, (tenant: SandboxTenant) => void, string | undefined][] = [
  ['nothing is wrong', () => undefined, undefined],
  ['the customer lives at another host than the prefix says', (t) => (t.host = 'app'), undefined],
  ['the customer is unknown', (t) => (t.state = 'Unknown'), 'tenant-unknown'],
  ['the customer was deleted', (t) => (t.state = 'Deleted'), 'tenant-deleted'],
  ['the customer is suspended', (t) => (t.state = 'Suspended'), 'tenant-suspended'],
  ['SuperOffice is under maintenance', (t) => (t.state = 'OfflineMaintenance'), 'maintenance'],
  ['SuperOffice hangs up', (t) => add(t, { type: 'reset' }), 'network'],
  ['SuperOffice never answers', (t) => add(t, { type: 'hang' }), 'timeout'],
  ['SuperOffice answers 503', (t) => add(t, { type: 'status', status: 503 }), 'server-error'],
  ['the customer has moved, and nobody says where to', (t) => add(t, { type: 'moved' }), 'host-moved'],
  ['SuperOffice redirects', (t) => add(t, { type: 'redirect' }), 'redirected'],
  ['SuperOffice throttles', (t) => add(t, { type: 'throttle', retryAfter: 60 }), 'throttled'],
  ['the key is wrong', (t) => (t.key = 'another key'), 'script-not-reached'],
  ['the include name is wrong', (t) => (t.includeId = 'another-script'), 'script-not-reached'],
  ['the script does not allow POST (a page)', (t) => (t.blockedVerbs = ['POST']), 'script-not-reached'],
  [
    'the script does not allow POST (405)',
    (t) => Object.assign(t, { blockedVerbs: ['POST'], blockedVerbStatus: 405 }),
    'verb-blocked',
  ],
  ['the script is saved without its tags', (t) => (t.scriptHasTags = false), 'script-source'],
  ['another script answers, without an echo', (t) => add(t, { type: 'no-echo' }), 'wrong-script'],
  ['another script answers, with another echo', (t) => add(t, { type: 'wrong-echo' }), 'wrong-script'],
  ['nothing is answered', (t) => add(t, { type: 'empty' }), 'wrong-script'],
  [
    'the script fails',
    (t) => add(t, { type: 'not-ok', error: 'no such field', status: 500 }),
    'script-failed',
  ],
  ["the script's answer breaks off", (t) => add(t, { type: 'truncated' }), 'answer-broken'],
  ['the address is unknown', (t) => add(t, { type: 'status', status: 404 }), 'not-found'],
  ['the key is refused with 401', (t) => add(t, { type: 'status', status: 401 }), 'unauthorized'],
  ['the key is refused with 403', (t) => add(t, { type: 'status', status: 403 }), 'unauthorized'],
  [
    'the script has another signing secret',
    (t) => (t.signingSecret = 'the-secret-of-the-script'),
    'signature-refused',
  ],
  ['the script refuses the test', (t) => add(t, { type: 'not-ok', error: 'bad-request' }), 'script-refused'],
  ['the script is too old', (t) => (t.scriptVersion = '0.9.0'), 'script-outdated'],
];

describe('each misconfiguration of SuperOffice is told by the test', () => {
  const tested: TestedCase[] = [];

  test.each(misconfigurations)('%s', async (name, misconfigure, code) => {
    const tenant = await harness.connectTenant();
    misconfigure(harness.sandbox.tenant(tenant.customerInstance));
    const report = await reportOf(tenant);
    expect(report.passed).toBe(code === undefined);
    expect(failedOf(report)?.code).toBe(code);
    expect(harness.sandbox.records(tenant.customerInstance)).toEqual([]);
    tested.push({ name, report });
  });

  test('and the table of the documentation says the same', async () => {
    expect(tested).toHaveLength(misconfigurations.length);
    await expect(tableOfTests(tested)).toMatchFileSnapshot('../../docs/test-integration.md');
  });
});

describe('a test', () => {
  test('answers how long SuperOffice took, and the version of the script', async () => {
    const report = await reportOf(await harness.connectTenant());
    expect(report).toMatchObject({ passed: true, scriptVersion: SHIPPED_VERSION });
    expect(report.latencyMs).toBeGreaterThan(0);
    expect(report.latencyMs).toBeLessThan(5_000);
  });

  test('goes where the customer lives, and notes it', async () => {
    const tenant = await harness.connectTenant();
    harness.sandbox.tenant(tenant.customerInstance).host = 'app';
    const { checks } = await reportOf(tenant);
    expect(checks[0]).toMatchObject({ result: 'ok', note: expect.stringContaining('"app"') as string });
  });

  test('tells of a stored token that can not be opened any more', async () => {
    const tenant = await harness.connectTenant();
    await harness.database.queries.execute(
      sql`update connections set sealed_token = 'altered' where tenant_id = ${tenant.tenantId}`,
    );
    expect(failedOf(await reportOf(tenant))).toMatchObject({
      check: 'key-accepted',
      code: 'token-unreadable',
      remedy: 'Enter the token key again, and the signing secret where there is one.',
    });
    expect(harness.sandbox.counters(tenant.customerInstance).hits).toBe(0);
  });

  test('works while the state API is away, and claims no more than it knows', async () => {
    const tenant = await harness.connectTenant();
    harness.sandbox.addFaults(tenant.customerInstance, { type: 'state-down' });
    expect((await reportOf(tenant)).passed).toBe(true);
  });

  test('of a tenant that is not connected is not found', async () => {
    const { status } = await request(harness.url, '/v1/tenants/nobody/connections/superoffice/test', {
      method: 'POST',
    });
    expect(status).toBe(404);
  });

  test('that is under way is joined by whoever tests as well', async () => {
    const tenant = await harness.connectTenant();
    harness.sandbox.addFaults(tenant.customerInstance, { type: 'slow', delayMs: 500 });
    const [one, two] = await Promise.all([reportOf(tenant), reportOf(tenant)]);
    expect(one).toEqual(two);
    expect(harness.sandbox.counters(tenant.customerInstance).hits).toBe(1);
  });

  test('that passes ends the need for attention, and delivers what had parked', async () => {
    const tenant = await harness.connectTenant();
    harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
    const { deliveryId = '' } = await tenant.api.submit(meetingSummaries()[0] ?? {});
    await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');
    const list = `/v1/tenants/${tenant.tenantId}/deliveries?state=parked`;
    await expect
      .poll(async () => (await request(harness.url, list)).body)
      .toMatchObject({ deliveries: { length: 1 } });
    const { epoch = 0 } = (await store().find(tenant.tenantId)) ?? {};
    await store().raiseAttention(tenant.tenantId, epoch, 'script-not-reached');
    const noted = await store().find(tenant.tenantId);

    expect((await reportOf(tenant)).passed).toBe(false);
    expect(await store().find(tenant.tenantId)).toEqual(noted);

    harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
    expect((await reportOf(tenant)).passed).toBe(true);
    expect(await activitiesOfTest(tenant)).toContain('retryParked');
    expect(await store().find(tenant.tenantId)).toMatchObject({ attentionCode: null });
    await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  });

  test('that passes while the sync is paused leaves what had parked alone', async () => {
    const tenant = await harness.connectTenant();
    harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
    const { deliveryId = '' } = await tenant.api.submit(meetingSummaries()[0] ?? {});
    await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');
    await store().setEnabled(tenant.tenantId, false);
    harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
    expect((await reportOf(tenant)).passed).toBe(true);
    // What would start it again does so later: a look at the delivery alone would come too early to see that.
    expect(await activitiesOfTest(tenant)).toEqual(['testConnection', 'clearAttention']);
    expect(await tenant.api.delivery(deliveryId)).toMatchObject({ state: 'parked', attempts: 1 });
  });
});

afterEach(() => {
  expect(harness.logs.join('')).not.toMatch(/key-[0-9a-f]{24}/);
});

test('while a call hangs that takes the turn, a test does not wait for its end, and says so', async () => {
  const slow = await startHarness({
    SUPEROFFICE_REQUEST_TIMEOUT: '60s',
    // A worker that is busy must not be taken for dead: its call would be cut off.
    HEARTBEAT_TIMEOUT: '10s',
    PACING_IN_FLIGHT: '1',
    // At once, a call would be over sooner.
    FIRST_ATTEMPT_AT_ONCE: 'off',
  });
  onTestFinished(() => slow.stop());
  await slow.startWorker();
  const tenant = await slow.connectTenant();
  slow.sandbox.addFaults(tenant.customerInstance, { type: 'hang', times: 1 });
  const { deliveryId = '' } = await tenant.api.submit(meetingSummaries()[0] ?? {});
  await expect.poll(() => slow.sandbox.counters(tenant.customerInstance).inFlight).toBe(1);
  const { passed, checks } = await tenant.api.test();
  expect(passed).toBe(false);
  expect(checks.find(({ result }) => result === 'failed')).toMatchObject({
    cause: 'A call that is still under way takes the turn.',
  });
  await tenant.api.cancel(deliveryId);
  await slow.until(tenant, deliveryId, ({ state }) => state === 'cancelled');
});
