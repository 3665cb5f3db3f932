import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Delivery } from '@dci-superoffice/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  connectionWorkflowId,
  deliveryWorkflowId,
  recoveryWorkflowId,
  testWorkflowId,
} from '../../src/temporal/names.js';
import type { DeliverSummary } from '../../src/workflows/deliver-summary.js';
import type { SendEvent } from '../../src/workflows/send-event.js';
import { cancelSignal, retrySignal } from '../../src/workflows/messages.js';
import { currentDetailsOf } from '../support/current-details.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { type EventReceiver, startEventReceiver } from '../support/event-receiver.js';
import { request } from '../support/request.js';
import { HISTORY_KEYS } from './keys.js';
import { recordedSummary as summary } from './recorded-summary.js';

let harness: Harness;
let receiver: EventReceiver;
beforeAll(async () => {
  receiver = await startEventReceiver();
  harness = await startHarness({
    PAYLOAD_KEYS: HISTORY_KEYS,
    // The other way is recorded apart.
    FIRST_ATTEMPT_AT_ONCE: 'off',
    PARKED_EXPIRY: '3s',
    PARKED_RECHECK: '2s',
    EVENTS_URL: receiver.url,
    EVENTS_SECRETS: `whsec_${Buffer.alloc(32).toString('base64')}`,
    EVENTS_RETRY_INITIAL: '1ms',
  });
  await harness.startWorker();
});
afterAll(async () => {
  await harness.stop();
  await receiver.close();
});

interface Course {
  tenant: TestTenant;
  deliveryId: string;
}

async function begin(prepare: (tenant: TestTenant) => void = () => undefined): Promise<Course> {
  const tenant = await harness.connectTenant();
  prepare(tenant);
  const { deliveryId = '' } = await tenant.api.submit(summary);
  return { tenant, deliveryId };
}

const handleOf = ({ tenant, deliveryId }: Course) =>
  harness.client.workflow.getHandle<typeof DeliverSummary>(deliveryWorkflowId(tenant.tenantId, deliveryId));

const until = ({ tenant, deliveryId }: Course, state: Delivery['state']) =>
  harness.until(tenant, deliveryId, (delivery) => delivery.state === state);

const withWrongKey = (tenant: TestTenant) => {
  harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
};

const save = (name: string, course: Course) =>
  saveHistory(name, deliveryWorkflowId(course.tenant.tenantId, course.deliveryId));

/** Of the latest run of a workflow id. */
async function saveHistory(name: string, workflowId: string): Promise<void> {
  const history = await harness.client.workflow.getHandle(workflowId).fetchHistory();
  await writeFile(new URL(`./${name}.json`, import.meta.url), `${historyToJSON(history)}\n`);
}

test('delivered', async () => {
  const course = await begin();
  await until(course, 'delivered');
  await save('delivered', course);
});

test('retried, then delivered', async () => {
  const course = await begin((tenant) =>
    harness.sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 503, times: 2 }),
  );
  await until(course, 'delivered');
  await save('retried-then-delivered', course);
});

test('parked, then retried', async () => {
  const course = await begin(withWrongKey);
  await until(course, 'parked');
  harness.sandbox.tenant(course.tenant.customerInstance).key = course.tenant.key;
  await handleOf(course).signal(retrySignal);
  await until(course, 'delivered');
  await save('parked-then-retried', course);
});

test('parked, then cancelled', async () => {
  const course = await begin(withWrongKey);
  await until(course, 'parked');
  await handleOf(course).signal(cancelSignal);
  await until(course, 'cancelled');
  await save('parked-then-cancelled', course);
});

test('cancelled while it waits for the next attempt', async () => {
  const course = await begin((tenant) =>
    harness.sandbox.addFaults(tenant.customerInstance, { type: 'throttle', retryAfter: 3600 }),
  );
  await harness.until(course.tenant, course.deliveryId, ({ lastFailure }) => lastFailure !== undefined);
  await handleOf(course).signal(cancelSignal);
  await until(course, 'cancelled');
  await save('cancelled-while-waiting', course);
});

test('cancelled from outside', async () => {
  const course = await begin(withWrongKey);
  await until(course, 'parked');
  await handleOf(course).cancel();
  await until(course, 'cancelled');
  await save('cancelled-from-outside', course);
});

/** Refused by the script: a trouble of this delivery alone. */
const refused = (tenant: TestTenant) =>
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request', times: 1 });

test('parked until it expired', async () => {
  const course = await begin(refused);
  await until(course, 'expired');
  await save('parked-until-expired', course);
});

test('superseded while parked, by one that is delivered', async () => {
  const older = await begin(refused);
  await until(older, 'parked');
  const { tenant } = older;
  const { deliveryId = '' } = await tenant.api.submit({ ...summary, summary: 'Revised.' });
  await until({ tenant, deliveryId }, 'delivered');
  await until(older, 'superseded');
  await save('superseded', older);
  await save('delivered-as-revision', { tenant, deliveryId });
});

test('delivered, matching nobody', async () => {
  const course = await begin((tenant) =>
    Object.assign(harness.sandbox.tenant(tenant.customerInstance), { contacts: [], companies: [] }),
  );
  await until(course, 'delivered');
  await save('delivered-to-nobody', course);
});

test('held behind a trouble of the tenant, then recovered', async () => {
  const met = await begin(withWrongKey);
  await until(met, 'parked');
  const { tenant } = met;
  const { deliveryId = '' } = await tenant.api.submit({ ...summary, meetingId: 'another' });
  const held = { tenant, deliveryId };
  await until(held, 'parked');
  harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
  await until(met, 'delivered');
  await until(held, 'delivered');
  await save('held-then-recovered', held);
  const recovery = harness.client.workflow.getHandle(recoveryWorkflowId(tenant.tenantId));
  await recovery.result();
  await saveHistory('recovery', recoveryWorkflowId(tenant.tenantId));
});

test('a recovery that a batch reaches, and that outlives a pause', async () => {
  const { tenant } = await begin(withWrongKey);
  const recovery = harness.client.workflow.getHandle(recoveryWorkflowId(tenant.tenantId));
  const details = () => currentDetailsOf(recovery);
  await expect.poll(details).toContain('Needs attention');
  await recovery.signal(retrySignal, 'all');
  await tenant.api.pause();
  await expect.poll(details).toContain('Paused');
  harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
  await tenant.api.resume();
  await recovery.result();
  await saveHistory('recovery-through-a-pause', recoveryWorkflowId(tenant.tenantId));
});

test('delivered with the link to its recording', async () => {
  const tenant = await harness.connectTenant();
  const conversationId = 'recorded-conversation';
  const path = `/v1/tenants/${tenant.tenantId}/hooks/dci`;
  await request(harness.url, path, { method: 'PUT', body: { apiToken: harness.sandbox.dci.apiToken } });
  harness.sandbox.dci.recordings.set(conversationId, { url: 'https://dci.example/recordings/1' });
  const course = { tenant, deliveryId: '1'.repeat(32) };
  const { tenantId } = tenant;
  const handle = await harness.client.workflow.start<typeof DeliverSummary>('DeliverSummary', {
    workflowId: deliveryWorkflowId(tenantId, course.deliveryId),
    taskQueue: harness.config.taskQueue,
    args: [
      { tenantId, deliveryId: course.deliveryId, summary, recording: { conversationId, windowMs: 60_000 } },
    ],
  });
  await handle.result();
  await save('delivered-with-recording', course);
});

test('skipped', async () => {
  const tenant = await harness.connectTenant();
  const course = { tenant: { ...tenant, tenantId: `${tenant.tenantId}-gone` }, deliveryId: '0'.repeat(32) };
  const { tenantId } = course.tenant;
  const handle = await harness.client.workflow.start<typeof DeliverSummary>('DeliverSummary', {
    workflowId: deliveryWorkflowId(tenantId, course.deliveryId),
    taskQueue: harness.config.taskQueue,
    args: [{ tenantId, deliveryId: course.deliveryId, summary }],
  });
  await handle.result();
  await save('skipped', course);
});

test.each([
  ['event-sent-after-a-failure', 503, 'sent'],
  ['event-undeliverable', 410, 'undeliverable'],
])('%s', async (name, status, outcome) => {
  receiver.answers.splice(0, Infinity, { status });
  const handle = await harness.client.workflow.start<typeof SendEvent>('SendEvent', {
    workflowId: `event/recorded/${name}-${randomUUID()}`,
    taskQueue: harness.config.taskQueue,
    args: [{ id: `msg_${name}`, body: '{"type":"delivery.parked"}' }],
  });
  expect(await handle.result()).toBe(outcome);
  await saveHistory(name, handle.workflowId);
});

const call = ({ tenantId }: TestTenant, method: string, path = '/connections/superoffice', body?: object) =>
  request(harness.url, `/v1/tenants/${tenantId}${path}`, { method, body });

const settingsOf = ({ customerInstance, key }: TestTenant) => ({
  domainPrefix: 'online2',
  customerInstance,
  token: key,
});

test('connected', async () => {
  const tenant = await harness.connectTenant();
  await saveHistory('connected', connectionWorkflowId(tenant.tenantId));
});

test('refused', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.tenant(tenant.customerInstance).state = 'Suspended';
  await call(tenant, 'PUT', undefined, settingsOf(tenant));
  await saveHistory('connect-refused', connectionWorkflowId(tenant.tenantId));
});

test('connected during maintenance', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.tenant(tenant.customerInstance).state = 'OfflineMaintenance';
  await call(tenant, 'PUT', undefined, settingsOf(tenant));
  await saveHistory('connected-in-maintenance', connectionWorkflowId(tenant.tenantId));
});

test('tests that pass, fail, and pass while paused', async () => {
  const tenant = await harness.connectTenant();
  const run = () => call(tenant, 'POST', '/connections/superoffice/test');
  await run();
  await saveHistory('test-passed', testWorkflowId(tenant.tenantId));
  await call(tenant, 'PATCH', undefined, { enabled: false });
  await run();
  await saveHistory('test-passed-while-paused', testWorkflowId(tenant.tenantId));
  withWrongKey(tenant);
  await run();
  await saveHistory('test-failed', testWorkflowId(tenant.tenantId));
});

test('disconnected', async () => {
  const { tenant, ...course } = await begin(withWrongKey);
  await until({ tenant, ...course }, 'parked');
  await call(tenant, 'DELETE');
  await saveHistory('disconnected', connectionWorkflowId(tenant.tenantId));
});

test('deleted', async () => {
  const { tenant } = await begin(withWrongKey);
  await call(tenant, 'DELETE', '');
  await saveHistory('tenant-deleted', connectionWorkflowId(tenant.tenantId));
});
