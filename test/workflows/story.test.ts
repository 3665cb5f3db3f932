import { expect, test } from 'vitest';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { currentDetailsOf } from '../support/current-details.js';
import type { TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { scenarioHarness, submitAll, untilAll } from '../support/scenario.js';

const harness = scenarioHarness('embedded', {
  SUPEROFFICE_REQUEST_TIMEOUT: '20s',
  RETRY_INITIAL_DELAY: '1h',
  RETRY_MAXIMUM_DELAY: '1h',
});

/** What the Temporal UI shows as the current details of a delivery. */
function detailsOf({ tenantId }: TestTenant, deliveryId: string): Promise<string> {
  return currentDetailsOf(harness().client.workflow.getHandle(deliveryWorkflowId(tenantId, deliveryId)));
}

test('the current details tell how a delivery is parked, delivers again, and is given up', async () => {
  const tenant = await harness().connectTenant();
  harness().sandbox.addFaults(
    tenant.customerInstance,
    { type: 'status', status: 413, times: 1 },
    { type: 'status', status: 503, times: 1 },
  );
  const [deliveryId = ''] = await submitAll(tenant, meetingSummaries().slice(0, 1));
  await untilAll(harness(), tenant, [deliveryId], 'parked');
  expect(await detailsOf(tenant, deliveryId)).toBe(
    '**Parked** (`payload-refused`): The receiver script refused the content of this summary. ' +
      'Update the receiver script; if it stays so, report the delivery id. Calls made: 1.\n\n' +
      'Signal `retry` when it is mended, `cancel` to give up.',
  );
  await tenant.api.retry(deliveryId);
  await untilAll(harness(), tenant, [deliveryId], 'delivering');
  expect(await detailsOf(tenant, deliveryId)).toContain('**Delivering** again, after it was parked.');
  await tenant.api.cancel(deliveryId);
  await untilAll(harness(), tenant, [deliveryId], 'cancelled');
  expect(await detailsOf(tenant, deliveryId)).toContain('**Cancelled**');
});

test('the current details tell of the record that a delivery left in SuperOffice', async () => {
  const tenant = await harness().connectTenant();
  const [deliveryId = ''] = await submitAll(tenant, meetingSummaries().slice(0, 1));
  const { recordId = '' } = await harness().until(tenant, deliveryId, ({ state }) => state === 'delivered');
  expect(await detailsOf(tenant, deliveryId)).toMatch(
    new RegExp(
      `^\\*\\*Delivered\\*\\* \\(\`created\`\\)\\. Record in SuperOffice: ${recordId}\\. Contacts: \\d+\\. Calls made: 1\\.$`,
    ),
  );
});
