import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { startHarness } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';

test('workers of a version get no work until it is made the current one; a later one takes over what waits', async () => {
  const deploymentName = `dci-superoffice-${randomBytes(4).toString('hex')}`;
  const harness = await startHarness({ WORKER_DEPLOYMENT_NAME: deploymentName, WORKER_BUILD_ID: '1' });
  // Each try has a task queue, a deployment and workers of its own: a version that is current stays so.
  onTestFinished(() => harness.stop());
  const { client, sandbox } = harness;
  /** The server knows a version once its workers ask for work. */
  const makeCurrent = async (buildId: string) => {
    const version = { namespace: 'default', deploymentName, buildId, identity: 'test' };
    const isMade = () =>
      client.workflowService.setWorkerDeploymentCurrentVersion(version).then(
        () => true,
        () => false,
      );
    await expect.poll(isMade).toBe(true);
  };

  // Connected by a worker without a version.
  const unversioned = await harness.startWorker({ workerVersion: undefined });
  const tenant = await harness.connectTenant();
  await unversioned.stop();

  const first = await harness.startWorker();
  sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request', times: 1 });
  const { deliveryId = '' } = await tenant.api.submit(meetingSummaries()[0] ?? {});
  const handle = client.workflow.getHandle(deliveryWorkflowId(tenant.tenantId, deliveryId));
  await expect
    .poll(() => client.workflowService.describeWorkerDeployment({ namespace: 'default', deploymentName }))
    .toBeDefined();
  expect((await handle.fetchHistory()).events).toHaveLength(2);

  await makeCurrent('1');
  await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');

  await harness.startWorker({ workerVersion: { deploymentName, buildId: '2' } });
  await makeCurrent('2');
  await first.stop();
  await tenant.api.retry(deliveryId);
  await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
});
