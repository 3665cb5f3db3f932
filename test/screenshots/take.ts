import type { Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import type { TestTenant } from '../support/harness.js';
import { portalLink } from '../support/portal.js';
import { customerOf, openStudio, type Studio, submit, takePicture } from './support.js';

const DESKTOP = { width: 1_000, height: 800 };
const PHONE = { width: 390, height: 844 };
const WEBP_QUALITY = 60;

let studio: Studio;
beforeAll(async () => {
  // A retry is to be seen waiting.
  studio = await openStudio({ RETRY_INITIAL_DELAY: '30s', RETRY_MAXIMUM_DELAY: '60s' });
});
afterAll(() => studio.close());

const customer = (customerInstance: string) =>
  customerOf(studio, customerInstance, `screenshots-${customerInstance}`);

async function openPage({ tenantId }: TestTenant, viewport = DESKTOP): Promise<Page> {
  const context = await studio.browser.newContext({
    viewport,
    deviceScaleFactor: 1.25,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(await portalLink(studio.harness.url, tenantId));
  return page;
}

/** The whole page, in light and in dark; of an open dialog, the window. */
async function take(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const hasDialog = (await page.locator('dialog[open]').count()) > 0;
    await takePicture(page, `${name}-${colorScheme}`, { quality: WEBP_QUALITY, fullPage: !hasDialog });
  }
}

test('connect and test', async () => {
  const tenant = customer('Cust26414');
  const page = await openPage(tenant);
  const phone = await openPage(tenant, PHONE);
  await take(page, 'connect');
  await take(phone, 'phone-connect');
  await page.getByLabel('Domain prefix').fill('online2');
  await page.getByLabel('Customer instance').fill('26414');
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByText('Something is missing').waitFor();
  await take(page, 'connect-problems');
  await page.getByLabel('Customer instance').fill(tenant.customerInstance);
  await page.getByLabel('Token key').fill(tenant.key);
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.locator('.alert-good').waitFor();
  await take(page, 'connected');

  studio.harness.sandbox.tenant(tenant.customerInstance).key = 'another';
  await page.getByRole('button', { name: 'Test Integration' }).click();
  await page.locator('.check-failed').waitFor();
  await take(page, 'test-failed');
  studio.harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
  await page.getByRole('button', { name: 'Test again' }).click();
  await page.locator('.test-good').waitFor();
  await page.reload();
  await take(page, 'test-passed');
  await phone.reload();
  await take(phone, 'phone-test-passed');
});

test('summaries', async () => {
  const tenant = customer('Cust26415');
  const { customerInstance, key: token } = tenant;
  await tenant.api.connect({ domainPrefix: 'online2', customerInstance, token });
  const sandboxTenant = studio.harness.sandbox.tenant(customerInstance);
  const page = await openPage(tenant);
  const phone = await openPage(tenant, PHONE);
  await submit(tenant, 0, 4);
  await page.locator('.row .badge-good').nth(3).waitFor();
  sandboxTenant.faults.push({ type: 'throttle', retryAfter: 300, times: 1 });
  await submit(tenant, 4, 5);
  await page.locator('.row .badge-info').waitFor();
  await page
    .locator('.row', { has: page.locator('.badge-info') })
    .getByRole('link')
    .click();
  await page.getByText('Next try at').waitFor();
  await take(page, 'delivery-waiting');
  await page.getByRole('link', { name: 'All summaries' }).click();
  sandboxTenant.key = 'revoked';
  await submit(tenant, 5, 8);
  await page.locator('.row .badge-bad').nth(2).waitFor();
  await page.getByText('No summary gets through').waitFor();
  await take(page, 'attention');
  await phone.reload();
  await take(phone, 'phone-attention');
  await page
    .locator('.row', { has: page.locator('.badge-bad') })
    .last()
    .getByRole('link')
    .click();
  await page.getByText('Stopped, and waiting').waitFor();
  await take(page, 'delivery-parked');
  sandboxTenant.key = token;
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByText('Delivered to SuperOffice').waitFor();
  await page.reload();
  await take(page, 'delivery-delivered');
  await phone.goto(page.url());
  await take(phone, 'phone-delivery');
  await page.getByRole('link', { name: 'All summaries' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.locator('#state', { hasText: 'Paused' }).waitFor();
  await take(page, 'paused');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('dialog').waitFor();
  await take(page, 'disconnect');
});
