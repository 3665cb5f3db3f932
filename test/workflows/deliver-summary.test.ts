import type { Delivery } from '@dci-superoffice/client';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { countDuplicates } from '../../sandbox/records.js';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import type { DeliverSummary } from '../../src/workflows/deliver-summary.js';
import { cancelSignal, retrySignal, statusQuery } from '../../src/workflows/messages.js';
import { expectWhole, longText } from '../receiver-script/support/summary-text.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';

let harness: Harness;
const [summary, other] = meetingSummaries();
if (!summary || !other) throw new Error('The tests need two meetings.');

beforeAll(async () => {
  harness = await startHarness();
  await harness.startWorker();
});
afterAll(() => harness.stop());

const ended = ({ state }: Delivery) => state !== 'delivering';
const parked = ({ state }: Delivery) => state === 'parked';

function handleOf({ tenantId }: TestTenant, deliveryId: string) {
  return harness.client.workflow.getHandle<typeof DeliverSummary>(deliveryWorkflowId(tenantId, deliveryId));
}

async function submit(tenant: TestTenant, body: object = summary as object): Promise<string> {
  const { deliveryId } = await tenant.api.submit(body);
  if (deliveryId === undefined) throw new Error('Nothing was accepted.');
  return deliveryId;
}

test('a delivery that goes well files one record and says which', async () => {
  const tenant = await harness.connectTenant();
  const deliveryId = await submit(tenant);
  const delivery = await harness.until(tenant, deliveryId, ended);

  const [record] = harness.sandbox.records(tenant.customerInstance);
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 1, result: 'created' });
  expect(delivery.recordId).toBe(String(record?.recordId));
  expect(delivery.matchedContacts).toBeGreaterThan(0);
  expect(record?.contactId).toBeGreaterThan(0);
  expect(record).toMatchObject({ meetingId: summary.meetingId, title: summary.meetingName, deliveryId });
});

test.each(['0000-01-01T00:00:00Z', '2026-09-01T10:00:00+20:00'])(
  'a summary that was written at an odd time, %s, is delivered like any other',
  async (generatedAt) => {
    const tenant = await harness.connectTenant();
    const deliveryId = await submit(tenant, { ...summary, generatedAt });
    expect(await harness.until(tenant, deliveryId, ended)).toMatchObject({ state: 'delivered' });
  },
);

test('transient trouble is tried again until the summary is there, and adds an event to the history, however often', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 503, times: 3 });
  const deliveryId = await submit(tenant);
  const delivery = await harness.until(tenant, deliveryId, ended);
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 4 });
  const history = await handleOf(tenant, deliveryId).fetchHistory();
  expect(history.events).toHaveLength(12);
});

test('an attempt that is cut off is made again within a minute, however many there were before it', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 503, times: 1 });
  const deliveryId = await submit(tenant);
  await harness.until(tenant, deliveryId, ended);
  const { events } = await handleOf(tenant, deliveryId).fetchHistory();
  const scheduled = events?.find(({ activityTaskScheduledEventAttributes: attributes }) => attributes);
  // What Temporal waits after the twentieth: the failures of calls bring their own delay, a dead worker's brings none.
  const { initialInterval, backoffCoefficient, maximumInterval } =
    scheduled?.activityTaskScheduledEventAttributes?.retryPolicy ?? {};
  const grown = Number(initialInterval?.seconds) * (backoffCoefficient ?? Number.NaN) ** 19;
  expect(Math.min(grown, Number(maximumInterval?.seconds))).toBeLessThanOrEqual(60);
});

test('a long summary whose answer is lost is in SuperOffice whole, and once', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'landed-timeout', times: 1 });
  const text = longText(4_000).replaceAll('\n', ' ');
  const delivery = await harness.until(tenant, await submit(tenant, { ...summary, summary: text }), ended);
  const records = harness.sandbox.records(tenant.customerInstance);
  expect(delivery).toMatchObject({ state: 'delivered', recordId: String(records[0]?.recordId) });
  expect(records).toMatchObject([{ continuations: [{ part: 2 }, { part: 3 }] }]);
  expect(countDuplicates(records)).toBe(0);
  expectWhole(records[0], text);
});

test('what landed but timed out is not filed twice', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'landed-timeout', times: 1 });
  const deliveryId = await submit(tenant);
  const delivery = await harness.until(tenant, deliveryId, ended);
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 2, result: 'duplicate' });
  expect(harness.sandbox.records(tenant.customerInstance)).toHaveLength(1);
});

test('a wrong key parks the delivery with cause and remedy, and a retry after the mend delivers it', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
  const deliveryId = await submit(tenant);
  const stuck = await harness.until(tenant, deliveryId, parked);
  expect(stuck).toMatchObject({
    state: 'parked',
    attempts: 1,
    lastFailure: {
      code: 'script-not-reached',
      status: 200,
      remedy: expect.stringContaining('token key') as string,
    },
  });
  const handle = handleOf(tenant, deliveryId);
  expect(await handle.query(statusQuery)).toEqual({
    state: 'parked',
    attempts: 1,
    parked: { code: 'script-not-reached', status: 200 },
  });

  harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
  await handle.signal(retrySignal);
  const delivery = await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  expect(delivery).toMatchObject({ attempts: 2, result: 'created' });
  expect(delivery.lastFailure).toBeUndefined();
});

test('a parked delivery that a person retries too early is tried, parks again, and counts its calls', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
  const deliveryId = await submit(tenant);
  await harness.until(tenant, deliveryId, parked);
  await handleOf(tenant, deliveryId).signal(retrySignal);
  const again = await harness.until(
    tenant,
    deliveryId,
    ({ state, attempts }) => state === 'parked' && attempts === 2,
  );
  expect(again.lastFailure?.code).toBe('script-not-reached');
});

test('transient troubles are counted by calls, also those that a worker took over', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 503, times: 2 });
  const deliveryId = await submit(tenant);
  expect(await harness.until(tenant, deliveryId, ended)).toMatchObject({ attempts: 3 });
  expect(harness.sandbox.counters(tenant.customerInstance).hits).toBe(3);
});

test('cancelling a parked delivery ends it, and the same summary may then be submitted again', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
  const deliveryId = await submit(tenant);
  await harness.until(tenant, deliveryId, parked);
  await handleOf(tenant, deliveryId).signal(cancelSignal);
  await harness.until(tenant, deliveryId, ({ state }) => state === 'cancelled');

  harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
  expect(await tenant.api.submit(summary)).toMatchObject({ deliveryId, duplicate: false });
  await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
});

test('cancelling a delivery that waits for its next attempt ends it at once', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'throttle', retryAfter: 3600 });
  const deliveryId = await submit(tenant);
  const waiting = await harness.until(tenant, deliveryId, ({ lastFailure }) => lastFailure !== undefined);
  expect(waiting).toMatchObject({ state: 'delivering', attempts: 1, lastFailure: { code: 'throttled' } });
  expect(waiting).toHaveProperty('nextAttemptAt');
  await handleOf(tenant, deliveryId).signal(cancelSignal);
  await harness.until(tenant, deliveryId, ({ state }) => state === 'cancelled');
  expect(harness.sandbox.records(tenant.customerInstance)).toHaveLength(0);
});

test('cancelling a delivery whose call hangs ends it, and the call', async () => {
  const patient = await startHarness({
    // Nothing but the cancellation ends the call within the time of this test.
    SUPEROFFICE_REQUEST_TIMEOUT: '60s',
    FIRST_ATTEMPT_AT_ONCE: 'off',
  });
  onTestFinished(() => patient.stop());
  await patient.startWorker();
  const tenant = await patient.connectTenant();
  const inFlight = () => patient.sandbox.counters(tenant.customerInstance).inFlight;
  patient.sandbox.addFaults(tenant.customerInstance, { type: 'hang', times: 1 });
  const deliveryId = await submit(tenant);
  await expect.poll(inFlight).toBe(1);
  await tenant.api.cancel(deliveryId);
  await patient.until(tenant, deliveryId, ({ state }) => state === 'cancelled');
  await expect.poll(inFlight).toBe(0);
});

test('a delivery whose workflow is cancelled in the Temporal UI ends as cancelled, too', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'throttle', retryAfter: 3600 });
  const deliveryId = await submit(tenant);
  await harness.until(tenant, deliveryId, ({ lastFailure }) => lastFailure !== undefined);
  await handleOf(tenant, deliveryId).cancel();
  await harness.until(tenant, deliveryId, ({ state }) => state === 'cancelled');
  expect((await handleOf(tenant, deliveryId).describe()).status.name).toBe('CANCELLED');
});

test('a Retry-After is obeyed', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'throttle', retryAfter: 2, times: 1 });
  const deliveryId = await submit(tenant);
  await harness.until(tenant, deliveryId, ended);
  const [first, second] = harness.sandbox.counters(tenant.customerInstance).recentHits;
  const waitedMs = Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '');
  expect(waitedMs).toBeGreaterThanOrEqual(1_950);
});

test('a delivery whose retry window is over is parked, not lost', async () => {
  const short = await startHarness({ RETRY_WINDOW: '3s' });
  try {
    await short.startWorker();
    const tenant = await short.connectTenant();
    short.sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 500 });
    const { deliveryId = '' } = await tenant.api.submit(summary);
    const delivery = await short.until(tenant, deliveryId, ended);
    expect(delivery).toMatchObject({
      state: 'parked',
      lastFailure: { code: 'retry-window-over', lastCode: 'server-error' },
    });
    expect(delivery.attempts).toBeGreaterThan(1);
  } finally {
    await short.stop();
  }
});

test('a tenant that moves host is followed within the attempt', async () => {
  const tenant = await harness.connectTenant();
  const first = await submit(tenant);
  await harness.until(tenant, first, ended);
  harness.sandbox.tenant(tenant.customerInstance).host = 'app';
  const second = await submit(tenant, other);
  expect(await harness.until(tenant, second, ended)).toMatchObject({ state: 'delivered', attempts: 1 });
});

test('maintenance is waited out and does not park', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.tenant(tenant.customerInstance).state = 'OfflineMaintenance';
  const deliveryId = await submit(tenant);
  const waiting = await harness.until(tenant, deliveryId, ({ lastFailure }) => lastFailure !== undefined);
  expect(waiting).toMatchObject({ state: 'delivering', lastFailure: { code: 'maintenance' } });
  // The one that found out.
  expect(harness.sandbox.counters(tenant.customerInstance).hits).toBeLessThanOrEqual(1);
  await handleOf(tenant, deliveryId).signal(cancelSignal);
});

test('a delivery whose connection is gone when it starts is skipped', async () => {
  const tenant = await harness.connectTenant();
  const stranger = `gone-${tenant.tenantId}`;
  const deliveryId = '0'.repeat(32);
  const handle = await harness.client.workflow.start<typeof DeliverSummary>('DeliverSummary', {
    workflowId: deliveryWorkflowId(stranger, deliveryId),
    taskQueue: harness.config.taskQueue,
    args: [{ tenantId: stranger, deliveryId, summary }],
  });
  expect(await handle.result()).toEqual({ state: 'skipped', reason: 'not-connected' });
});

test('a parked delivery is given up after its time, and says so', async () => {
  const short = await startHarness({ PARKED_EXPIRY: '1s' });
  try {
    await short.startWorker();
    const tenant = await short.connectTenant();
    short.sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request' });
    const { deliveryId = '' } = await tenant.api.submit(summary);
    const delivery = await short.until(tenant, deliveryId, ({ state }) => state === 'expired');
    expect(delivery).toMatchObject({ lastFailure: { code: 'script-refused' } });
    // Handed in again, it starts anew.
    short.sandbox.tenant(tenant.customerInstance).faults = [];
    expect(await tenant.api.submit(summary)).toMatchObject({ deliveryId, duplicate: false });
    await short.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  } finally {
    await short.stop();
  }
});

test('a summary that matches nobody is delivered as such, listed as such, and sent again on demand', async () => {
  const tenant = await harness.connectTenant();
  const { contacts, companies } = harness.sandbox.tenant(tenant.customerInstance);
  const known = { contacts: [...contacts], companies: [...companies] };
  Object.assign(harness.sandbox.tenant(tenant.customerInstance), { contacts: [], companies: [] });
  const deliveryId = await submit(tenant);
  const delivered = await harness.until(tenant, deliveryId, ended);
  expect(delivered).toMatchObject({ state: 'delivered', result: 'no-match' });
  await expect
    .poll(async () =>
      (await tenant.api.deliveries({ result: 'no-match' })).deliveries.map((one) => one.deliveryId),
    )
    .toEqual([deliveryId]);
  expect((await tenant.api.deliveries({ state: 'delivered' })).deliveries).toMatchObject([
    { deliveryId, result: 'no-match' },
  ]);

  Object.assign(harness.sandbox.tenant(tenant.customerInstance), known);
  await tenant.api.resend(deliveryId);
  await harness.until(tenant, deliveryId, ({ result }) => result === 'created');
  await tenant.api.resend(deliveryId);
  await harness.until(tenant, deliveryId, ({ result }) => result === 'duplicate');
  await tenant.api.resend(deliveryId, { force: true });
  await harness.until(tenant, deliveryId, ({ result }) => result === 'updated');
  expect(harness.sandbox.records(tenant.customerInstance)).toHaveLength(1);
});

test('a delivery that is under way or parked is not sent again beside itself', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request', times: 1 });
  const deliveryId = await submit(tenant);
  await harness.until(tenant, deliveryId, parked);
  await expect(tenant.api.resend(deliveryId)).rejects.toMatchObject({ status: 409 });
});

describe('a newer summary of the same meeting', () => {
  const revised = (hour: number) => ({
    ...summary,
    summary: `Revised at ${String(hour)}`,
    generatedAt: `2026-09-01T${String(hour)}:00:00Z`,
  });

  test('takes the place of one that waits for its next attempt, at once', async () => {
    const tenant = await harness.connectTenant();
    harness.sandbox.addFaults(tenant.customerInstance, { type: 'throttle', retryAfter: 3600, times: 1 });
    const older = await submit(tenant, revised(10));
    await harness.until(tenant, older, ({ lastFailure }) => lastFailure !== undefined);
    const newer = await submit(tenant, revised(11));
    await harness.until(tenant, newer, ended);
    expect(await harness.until(tenant, older, ended)).toMatchObject({ state: 'superseded' });
    expect(harness.sandbox.records(tenant.customerInstance)).toMatchObject([
      { deliveryId: newer, internalNotes: expect.stringContaining('Revised at 11') as string, revision: 2 },
    ]);
  });

  test('takes the place of a parked one', async () => {
    const tenant = await harness.connectTenant();
    harness.sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 422, times: 1 });
    const older = await submit(tenant, revised(10));
    await harness.until(tenant, older, parked);
    const newer = await submit(tenant, revised(11));
    expect(await harness.until(tenant, newer, ended)).toMatchObject({ state: 'delivered' });
    await harness.until(tenant, older, ({ state }) => state === 'superseded');
  });

  test('updates the record of one that was delivered', async () => {
    const tenant = await harness.connectTenant();
    await harness.until(tenant, await submit(tenant, revised(10)), ended);
    const newer = await submit(tenant, revised(11));
    expect(await harness.until(tenant, newer, ended)).toMatchObject({ result: 'updated' });
    expect(harness.sandbox.records(tenant.customerInstance)).toMatchObject([
      { internalNotes: expect.stringContaining('Revised at 11') as string, revision: 2 },
    ]);
  });

  test('is not undone by an older one that comes late; forced, the older one becomes the newest', async () => {
    const tenant = await harness.connectTenant();
    await harness.until(tenant, await submit(tenant, revised(11)), ended);
    const late = await submit(tenant, revised(10));
    expect(await harness.until(tenant, late, ended)).toMatchObject({ state: 'superseded' });
    expect(harness.sandbox.counters(tenant.customerInstance).hits).toBe(1);
    await tenant.api.resend(late, { force: true });
    await harness.until(tenant, late, ({ state }) => state === 'delivered');
    expect(harness.sandbox.records(tenant.customerInstance)).toMatchObject([
      { internalNotes: expect.stringContaining('Revised at 10') as string },
    ]);
  });
});

test('twenty clients that submit the same summary at once start one workflow and file one record', async () => {
  const tenant = await harness.connectTenant();
  const answers = await Promise.all(Array.from({ length: 20 }, () => tenant.api.submit(summary)));
  expect(new Set(answers.map(({ deliveryId }) => deliveryId)).size).toBe(1);
  expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  await harness.until(tenant, answers[0]?.deliveryId ?? '', ended);
  expect(harness.sandbox.records(tenant.customerInstance)).toHaveLength(1);
  expect(harness.sandbox.counters(tenant.customerInstance).hits).toBe(1);
});
