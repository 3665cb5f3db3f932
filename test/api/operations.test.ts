import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { overviewSchema } from '../../src/api/schemas/operations.js';
import { createConnectionStore } from '../../src/store/connections.js';
import { recoveryWorkflowId } from '../../src/temporal/names.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { request } from '../support/request.js';
import { listedAsParked, submitAll, untilAll } from '../support/scenario.js';

type Overview = z.input<typeof overviewSchema>;

let harness: Harness;
let healthy: TestTenant;
let revoked: TestTenant;
let refused: TestTenant;
let refusedId: string;
let revokedIds: string[];

/** Visibility follows a little later, and answers are shared for three seconds. */
const SOON = { timeout: 20_000, interval: 500 };

/** One tenant is fine, one has a revoked key, one a summary that its script refuses, and one waits behind throttling. */
beforeAll(async () => {
  harness = await startHarness({
    RECOVERY_PROBE_INITIAL: '1h',
    RECOVERY_PROBE_MAXIMUM: '1h',
    // One answer each, however busy the machine is.
    SUPEROFFICE_REQUEST_TIMEOUT: '20s',
  });
  await harness.startWorker();
  healthy = await harness.connectTenant();
  revoked = await harness.connectTenant();
  refused = await harness.connectTenant();
  harness.sandbox.tenant(revoked.customerInstance).key = 'another key';
  harness.sandbox.addFaults(refused.customerInstance, { type: 'status', status: 413, times: 1 });
  const summaries = meetingSummaries();
  await untilAll(harness, healthy, await submitAll(healthy, summaries.slice(0, 2)), 'delivered');
  revokedIds = await submitAll(revoked, summaries.slice(0, 3));
  await untilAll(harness, revoked, revokedIds, 'parked');
  const ids = await submitAll(refused, summaries.slice(0, 1));
  [refusedId = ''] = ids;
  await untilAll(harness, refused, ids, 'parked');
});
afterAll(() => harness.stop());

async function overview(): Promise<Overview> {
  const { status, body } = await request(harness.url, '/v1/operations/overview');
  expect(status).toBe(200);
  return body as Overview;
}

test('the overview tells what is parked, by trouble and by tenant, and what has waited longest', async () => {
  await expect.poll(async () => (await overview()).deliveries.parked, SOON).toBe(4);
  const { deliveries, connections, tenants, workers } = await overview();
  expect(workers).toBe(1);
  expect(connections).toEqual({ total: 3, paused: 0, troubled: 1 });
  expect(deliveries).toMatchObject({
    underWay: 0,
    slow: 0,
    acceptedLastHour: 6,
    deliveredLastHour: 2,
    deliveredLastDay: 2,
  });
  expect(deliveries.parkedByTrouble).toEqual([
    {
      code: 'script-not-reached',
      parked: 3,
      cause: expect.any(String) as string,
      remedy: expect.any(String) as string,
    },
    {
      code: 'payload-refused',
      parked: 1,
      cause: expect.any(String) as string,
      remedy: expect.any(String) as string,
    },
  ]);
  expect(deliveries.oldestParked.map(({ tenantId }) => tenantId)).toEqual([
    ...Array<string>(3).fill(revoked.tenantId),
    refused.tenantId,
  ]);
  expect(deliveries.oldestParked.at(-1)).toMatchObject({ deliveryId: refusedId, trouble: 'payload-refused' });
  expect(tenants).toEqual([
    {
      tenantId: revoked.tenantId,
      trouble: 'script-not-reached',
      parked: 3,
      attentionSince: expect.any(String) as string,
    },
    { tenantId: refused.tenantId, trouble: 'payload-refused', parked: 1 },
  ]);
});

test('everything parked by a trouble of deliveries starts again, of all tenants', async () => {
  expect(await retried('payload-refused')).toEqual({ recoveries: 0, deliveries: 1 });
  await untilAll(harness, refused, [refusedId], 'delivered');
});

test('everything parked by a trouble of connections starts again after a test call, also where nobody recovers it', async () => {
  const lost = await harness.connectTenant();
  harness.sandbox.tenant(lost.customerInstance).key = 'another key';
  const lostIds = await submitAll(lost, meetingSummaries().slice(0, 1));
  await untilAll(harness, lost, lostIds, 'parked');
  await listedAsParked(lost, 1);
  await harness.client.workflow.getHandle(recoveryWorkflowId(lost.tenantId)).terminate();
  await createConnectionStore(harness.database.queries).clearAttention(lost.tenantId);
  harness.sandbox.tenant(lost.customerInstance).key = lost.key;
  const recovery = harness.client.workflow.getHandle(recoveryWorkflowId(revoked.tenantId));
  await expect.poll(async () => (await recovery.describe()).status.name).toBe('RUNNING');
  harness.sandbox.tenant(revoked.customerInstance).key = revoked.key;
  await retried('script-not-reached');
  await untilAll(harness, revoked, revokedIds, 'delivered');
  await untilAll(harness, lost, lostIds, 'delivered');
  await expect.poll(async () => (await overview()).tenants, SOON).toEqual([]);
});

test('where nothing is parked by a trouble, nothing is started', async () => {
  expect(await retried('redirected')).toEqual({ recoveries: 0, deliveries: 0 });
});

test('a trouble that does not exist is refused', async () => {
  expect(await retry('" OR TenantId != "')).toMatchObject({ status: 400 });
});

function retry(trouble: string) {
  return request(harness.url, '/v1/operations/retry', { method: 'POST', body: { trouble } });
}

/** The server runs one batch at a time: that of the test before, or of another file's, may not be over. */
async function retried(trouble: string): Promise<unknown> {
  let body: unknown;
  const status = async () => {
    const answer = await retry(trouble);
    body = answer.body;
    return answer.status;
  };
  await expect.poll(status, SOON).toBe(202);
  return body;
}
