import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { type Harness, startHarness } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';

let harness: Harness;
const deploymentName = `dci-superoffice-${randomBytes(4).toString('hex')}`;
beforeAll(async () => {
  harness = await startHarness({ WORKER_DEPLOYMENT_NAME: deploymentName, WORKER_BUILD_ID: '1' });
});
afterAll(() => harness.stop());

test('workers of a version get no work until it is made the current one; a later one takes over what waits', async () => {
  const { client, sandbox } = harness;
  const makeCurrent = (buildId: string) =>
    client.workflowService.setWorkerDeploymentCurrentVersion({
      namespace: 'default',
      deploymentName,
      buildId,
      identity: 'test',
    });

  // Connected by a worker without a version.
  const unversioned = await harness.startWorker({ workerVersion: undefined });
  const tenant = await harness.connectTenant();
  await unversioned.stop();

  const first = await harness.startWorker();
  sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request', times: 1 });
  const { deliveryId = '' } = await tenant.api.submit(meetingSummaries()[0] ?? {});
  const handle = client.workflow.getHandle(deliveryWorkflowId(tenant.tenantId, deliveryId));
  // Known to the server once its workers ask for work.
  await expect
    .poll(() => client.workflowService.describeWorkerDeployment({ namespace: 'default', deploymentName }), {
      timeout: 20_000,
    })
    .toBeDefined();
  expect((await handle.fetchHistory()).events).toHaveLength(2);

  await makeCurrent('1');
  await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');

  const second = await harness.startWorker({ workerVersion: { deploymentName, buildId: '2' } });
  await expect
    .poll(
      () =>
        makeCurrent('2').then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
  await first.stop();
  await tenant.api.retry(deliveryId);
  await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  await second.stop();
});
