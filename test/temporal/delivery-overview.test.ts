import { expect, test } from 'vitest';
import { deliveryOverviewOf } from '../../src/temporal/delivery-overview.js';
import { meetingSummaries } from '../support/meetings.js';
import { scenarioHarness, submitAll } from '../support/scenario.js';

const harness = scenarioHarness('embedded', { RETRY_INITIAL_DELAY: '1h', RETRY_MAXIMUM_DELAY: '1h' });

test('a delivery that is retried is told of, with what went wrong and when it is tried again', async () => {
  const tenant = await harness().connectTenant();
  harness().sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 503, times: 1 });
  const [deliveryId = ''] = await submitAll(tenant, meetingSummaries().slice(0, 1));
  await harness().until(tenant, deliveryId, ({ lastFailure }) => lastFailure !== undefined);
  const overview = () => deliveryOverviewOf(harness().client, harness().config.taskQueue, 1);
  await expect.poll(async () => (await overview()).slow).toBe(1);
  expect(await overview()).toMatchObject({
    underWay: 1,
    parked: 0,
    parkedByTrouble: [],
    oldestSlow: [
      {
        tenantId: tenant.tenantId,
        deliveryId,
        attempts: 1,
        lastFailure: 'server-error',
        nextAttemptAt: expect.any(Date) as Date,
      },
    ],
  });
});
