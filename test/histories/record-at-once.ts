import { writeFile } from 'node:fs/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { HISTORY_KEYS } from './keys.js';
import { recordedSummary } from './recorded-summary.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ PAYLOAD_KEYS: HISTORY_KEYS, FIRST_ATTEMPT_AT_ONCE: '4s' });
  await harness.startWorker();
});
afterAll(() => harness.stop());

/** How the first attempt, made within the first workflow task, may end. */
const courses: [string, (tenant: TestTenant) => void, (tenant: TestTenant, deliveryId: string) => unknown][] =
  [
    ['delivered-at-once', () => undefined, () => undefined],
    [
      'tried-at-once-then-delivered',
      ({ customerInstance }) =>
        harness.sandbox.addFaults(customerInstance, { type: 'status', status: 503, times: 2 }),
      () => undefined,
    ],
    [
      'parked-at-once-then-retried',
      ({ customerInstance }) =>
        harness.sandbox.addFaults(customerInstance, { type: 'status', status: 422, times: 1 }),
      async (tenant, deliveryId) => {
        await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');
        await tenant.api.retry(deliveryId);
      },
    ],
  ];

test.each(courses)('%s', async (name, prepare, help) => {
  const tenant = await harness.connectTenant();
  prepare(tenant);
  const { deliveryId = '' } = await tenant.api.submit(recordedSummary);
  await help(tenant, deliveryId);
  await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  const handle = harness.client.workflow.getHandle(deliveryWorkflowId(tenant.tenantId, deliveryId));
  const history = await handle.fetchHistory();
  const regular = history.events?.filter((event) => event.activityTaskScheduledEventAttributes) ?? [];
  expect(regular).toHaveLength(name === 'delivered-at-once' ? 0 : 1);
  await writeFile(new URL(`./${name}.json`, import.meta.url), `${historyToJSON(history)}\n`);
});
