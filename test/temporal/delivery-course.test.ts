import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConnectionChanges } from '../../src/temporal/connection-changes.js';
import { createDeliveries } from '../../src/temporal/deliveries.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';

let harness: Harness;
let tenant: TestTenant;
beforeAll(async () => {
  harness = await startHarness({ SUPEROFFICE_REQUEST_TIMEOUT: '10s' });
  await harness.startWorker();
  tenant = await harness.connectTenant();
});
afterAll(() => harness.stop());

const deliveries = () => createDeliveries(harness.client, harness.config.taskQueue);
const changes = () =>
  createConnectionChanges(harness.client, harness.config.taskQueue, harness.config.deliveryPolicy);
const [first, second] = meetingSummaries();

test('the course of a delivery tells of calls that failed, of parking and its end, and of who ended it', async () => {
  const { tenantId, customerInstance } = tenant;
  harness.sandbox.addFaults(
    customerInstance,
    { type: 'status', status: 503, times: 2 },
    { type: 'status', status: 422, times: 1 },
  );
  const { deliveryId = '' } = await tenant.api.submit(first ?? {});
  await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');
  await tenant.api.retry(deliveryId);
  await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');

  const course = await deliveries().course(tenantId, deliveryId);
  const at = expect.any(Date) as Date;
  expect(course).toEqual([
    { kind: 'accepted', at },
    { kind: 'tried', at, calls: 2, code: 'server-error' },
    { kind: 'parked', at, code: 'payload-refused' },
    { kind: 'retried', at, requester: 'person' },
  ]);
  const times = course.map((step) => step.at.getTime());
  expect(times).toEqual([...times].sort((one, other) => one - other));
});

test('the course of a delivery that goes well is short, and its meeting is known by name', async () => {
  const { deliveryId = '' } = await tenant.api.submit(second ?? {});
  await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  const course = await deliveries().course(tenant.tenantId, deliveryId);
  expect(course.map(({ kind }) => kind)).toEqual(['accepted']);
  expect(await deliveries().meetingOf(tenant.tenantId, deliveryId)).toEqual({
    name: second?.meetingName,
    startsAt: new Date(second?.startsAt ?? ''),
  });
});

test('there is no course and no meeting of a delivery that is not there', async () => {
  const nothing = '0'.repeat(32);
  await expect(deliveries().course(tenant.tenantId, nothing)).rejects.toMatchObject({ code: 'not-found' });
  expect(await deliveries().meetingOf(tenant.tenantId, nothing)).toBeUndefined();
});

test('a running test tells what is known before the call, and then what it found', async () => {
  const other = await harness.connectTenant();
  expect(await changes().testState(other.tenantId)).toEqual({ state: 'never' });
  harness.sandbox.addFaults(other.customerInstance, { type: 'slow', delayMs: 4_000, times: 1 });
  await changes().startTest(other.tenantId);
  await changes().startTest(other.tenantId);
  await expect
    .poll(() => changes().testState(other.tenantId), { interval: 20 })
    .toMatchObject({ state: 'running', passed: ['domain-prefix', 'customer-instance'] });
  await expect
    .poll(() => changes().testState(other.tenantId), { timeout: 20_000 })
    .toMatchObject({ state: 'ended', report: { passed: true } });
  expect(harness.sandbox.counters(other.customerInstance).hits).toBe(1);
});
