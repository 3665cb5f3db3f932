import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { DEFAULT_TASK_QUEUE } from '../../src/temporal/names.js';
import { createTemporalUi } from '../../src/temporal/ui.js';
import { signIn } from '../browser/support/sign-in.js';
import { API_TOKEN, type TestTenant } from '../support/harness.js';
import { untilAll } from '../support/scenario.js';
import { customerOf, openStudio, type Studio, submit, takePicture } from './support.js';

const WEBP_QUALITY = 75;

let studio: Studio;
beforeAll(async () => {
  // A retry is to be seen waiting, and one answer is enough.
  studio = await openStudio({
    API_TOKENS: `anna:${API_TOKEN}`,
    TASK_QUEUE: DEFAULT_TASK_QUEUE,
    RETRY_INITIAL_DELAY: '10m',
    RETRY_MAXIMUM_DELAY: '30m',
    SUPEROFFICE_REQUEST_TIMEOUT: '20s',
  });
});
afterAll(() => studio.close());

async function customer(tenantId: string, customerInstance: string): Promise<TestTenant> {
  const tenant = customerOf(studio, customerInstance, tenantId);
  await tenant.api.connect({ domainPrefix: 'online2', customerInstance, token: tenant.key });
  return tenant;
}

const take = (page: Page, name: string, { fullPage = false } = {}) =>
  takePicture(page, name, { quality: WEBP_QUALITY, fullPage });

test('the operators’ view, and the Temporal UI', async () => {
  const { harness, browser } = studio;
  const healthy = await customer('akerlunds', 'Cust26416');
  const revoked = await customer('nordvik', 'Cust26417');
  const refused = await customer('mueller', 'Cust26418');
  const busy = await customer('harbour', 'Cust26419');
  harness.sandbox.tenant(revoked.customerInstance).key = 'revoked';
  harness.sandbox.addFaults(refused.customerInstance, { type: 'status', status: 413, times: 1 });
  harness.sandbox.addFaults(busy.customerInstance, { type: 'status', status: 503, times: 2 });
  await untilAll(harness, healthy, await submit(healthy, 0, 4), 'delivered');
  await untilAll(harness, revoked, await submit(revoked, 0, 3), 'parked');
  const [refusedId = ''] = await submit(refused, 4, 5);
  await untilAll(harness, refused, [refusedId], 'parked');
  const [busyId = ''] = await submit(busy, 5, 6);
  await harness.until(busy, busyId, ({ lastFailure }) => lastFailure !== undefined);

  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 }, deviceScaleFactor: 1.25 });
  await signIn(page, harness.url, API_TOKEN);
  // A delivery is slow after a minute.
  await page.getByRole('region', { name: 'Failing now' }).waitFor({ timeout: 90_000 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await take(page, `operators-${colorScheme}`, { fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });

  const temporalUi = createTemporalUi(inject('temporalUiUrl'), 'default');
  await page.goto(temporalUi.listUrl('ExecutionStatus = "Running" AND Trouble IS NOT NULL'));
  const delivery = page.getByRole('link', { name: `delivery/mueller/${refusedId}` });
  await delivery.waitFor();
  await take(page, 'temporal-ui-attention');
  await page.getByTestId('data-encoder-status').click();
  await page.getByTestId('data-encoder-endpoint-input').fill(`${harness.url}/codec`);
  await page.getByTestId('data-encoder-include-credentials').click();
  await take(page, 'temporal-ui-codec');
  await page.getByRole('button', { name: 'Apply' }).click();
  await delivery.click();
  await page.getByText('"meetingName"').first().waitFor();
  await take(page, 'temporal-ui-decoded');
  await page.getByRole('tab', { name: 'User Metadata' }).click();
  // The UI writes them into frames of their own.
  const texts = () => Promise.all(page.frames().map((frame) => frame.locator('body').innerText()));
  await expect.poll(async () => (await texts()).join('\n'), { timeout: 30_000 }).toContain('Signal retry');
  await take(page, 'temporal-ui-details');
}, 240_000);
