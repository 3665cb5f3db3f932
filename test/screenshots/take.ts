import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { createTenantApi } from '../support/tenant-api.js';
import { readSummaries } from '../../demo/meetings.js';
import { inProject } from '../../scripts/lib/project.mjs';
import { sampleCrm } from '../../sandbox/sample-crm.js';
import { startBrowser } from '../browser/support/browser.js';
import { API_TOKEN, type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { portalLink } from '../support/portal.js';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const DESKTOP = { width: 1_000, height: 800 };
const PHONE = { width: 390, height: 844 };
const WEBP_QUALITY = 60;

let harness: Harness;
let browser: Browser;
beforeAll(async () => {
  [harness, browser] = await Promise.all([
    // A retry is to be seen waiting.
    startHarness({
      RETRY_INITIAL_DELAY: '30s',
      RETRY_MAXIMUM_DELAY: '60s',
      RECOVERY_PROBE_INITIAL: '10m',
      RECOVERY_PROBE_MAXIMUM: '10m',
    }),
    startBrowser(),
  ]);
  await harness.startWorker();
});
afterAll(async () => {
  await browser.close();
  await harness.stop();
});

const meetings = readSummaries(inProject('sandbox', 'sample-meetings.jsonl'), sampleCrm());

function customer(customerInstance: string): TestTenant {
  const key = `k9f2-${customerInstance}-51ad77e0b3c4`;
  harness.sandbox.addTenant({ customerInstance, key, ...sampleCrm() });
  const tenantId = `screenshots-${customerInstance}`;
  return { tenantId, customerInstance, key, api: createTenantApi(harness.url, API_TOKEN, tenantId) };
}

async function openPage({ tenantId }: TestTenant, viewport = DESKTOP): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: 1.25,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(await portalLink(harness.url, tenantId));
  return page;
}

/** The whole page, in light and in dark. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  const session = await page.context().newCDPSession(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { cssContentSize } = await session.send('Page.getLayoutMetrics');
    const hasDialog = (await page.locator('dialog[open]').count()) > 0;
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'webp',
      quality: WEBP_QUALITY,
      ...(!hasDialog && {
        captureBeyondViewport: true,
        clip: { x: 0, y: 0, width: cssContentSize.width, height: cssContentSize.height, scale: 1 },
      }),
    });
    await writeFile(`${folder}${name}-${colorScheme}.webp`, Buffer.from(data, 'base64'));
  }
}

const submit = async ({ api }: TestTenant, from: number, to: number) => {
  for (const meeting of meetings.slice(from, to)) await api.submit(meeting);
};

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

  harness.sandbox.tenant(tenant.customerInstance).key = 'another';
  await page.getByRole('button', { name: 'Test Integration' }).click();
  await page.locator('.check-failed').waitFor();
  await take(page, 'test-failed');
  harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
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
  const sandboxTenant = harness.sandbox.tenant(customerInstance);
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
