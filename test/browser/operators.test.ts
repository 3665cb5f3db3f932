import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recoveryWorkflowId } from '../../src/temporal/names.js';
import { API_TOKEN, type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { submitAll, untilAll } from '../support/scenario.js';
import { violationsOf } from './support/axe.js';
import { openWatched, startBrowser, type WatchedPage } from './support/browser.js';
import { signIn } from './support/sign-in.js';

let harness: Harness;
let browser: Browser;
let revoked: TestTenant;
let refused: TestTenant;
let revokedIds: string[];
let refusedIds: string[];

/** One tenant has a revoked key, another a summary that its script refused. */
beforeAll(async () => {
  [harness, browser] = await Promise.all([
    startHarness({
      RECOVERY_PROBE_INITIAL: '1h',
      RECOVERY_PROBE_MAXIMUM: '1h',
      // One answer each, however busy the machine is.
      SUPEROFFICE_REQUEST_TIMEOUT: '20s',
    }),
    startBrowser(),
  ]);
  await harness.startWorker();
  revoked = await harness.connectTenant();
  refused = await harness.connectTenant();
  harness.sandbox.tenant(revoked.customerInstance).key = 'another key';
  harness.sandbox.addFaults(refused.customerInstance, { type: 'status', status: 413, times: 1 });
  revokedIds = await submitAll(revoked, meetingSummaries().slice(0, 2));
  refusedIds = await submitAll(refused, meetingSummaries().slice(0, 1));
  await untilAll(harness, revoked, revokedIds, 'parked');
  await untilAll(harness, refused, refusedIds, 'parked');
});
afterAll(async () => {
  await browser.close();
  await harness.stop();
});

async function open(options: Parameters<typeof openWatched>[2] = {}): Promise<WatchedPage> {
  const watched = await openWatched(browser, `${harness.url}/operators`, options);
  await signIn(watched.page, harness.url, API_TOKEN);
  await row(watched, revoked.tenantId).waitFor();
  await row(watched, refused.tenantId).waitFor();
  return watched;
}

function row({ page }: WatchedPage, tenantId: string) {
  return page
    .getByRole('region', { name: 'Tenants that wait for somebody' })
    .getByRole('row', { name: tenantId });
}

test.each([
  ['light', 1_280],
  ['dark', 1_280],
  ['light', 390],
] as const)('the view is readable for everyone (%s, %i pixels wide)', async (colorScheme, width) => {
  const watched = await open({ colorScheme, viewport: { width, height: 900 } });
  expect(await violationsOf(watched.page)).toEqual([]);
  expect(await watched.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(watched.foreignRequests).toEqual([]);
  expect(watched.complaints).toEqual([]);
  await watched.close();
});

test('the sign-in is readable for everyone, and says what is wrong', async () => {
  const { page, close } = await openWatched(browser, `${harness.url}/operators`);
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.type('a token that is none');
  await page.keyboard.press('Enter');
  await page.getByText('This is no token of the service.').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await close();
});

test('a figure leads to what is behind it in the Temporal UI', async () => {
  const watched = await open();
  const href = await row(watched, revoked.tenantId).getByRole('link', { name: '2' }).getAttribute('href');
  expect(new URL(href ?? '').searchParams.get('query')).toBe(
    `ExecutionStatus = "Running" AND DeliveryState = "parked" AND TenantId = "${revoked.tenantId}"`,
  );
  await watched.close();
});

test('the figures are asked for anew, and the keyboard stays where it is meanwhile', async () => {
  const watched = await open();
  const { page } = watched;
  const button = row(watched, revoked.tenantId).getByRole('button', { name: /^Retry all/ });
  await button.focus();
  const focused = await button.elementHandle();
  await focused.waitForElementState('hidden', { timeout: 20_000 });
  await expect
    .poll(() => page.evaluate('document.activeElement.id'))
    .toBe(`retry-tenant-${revoked.tenantId}`);
  await watched.close();
});

test('everything parked of a tenant is retried, and leaves the list', async () => {
  const watched = await open();
  const { page } = watched;
  page.on('dialog', (dialog) => void dialog.accept());
  await row(watched, refused.tenantId)
    .getByRole('button', { name: /^Retry all/ })
    .click();
  await page.getByRole('alert').getByText(`Starting again: 1 delivery of ${refused.tenantId}.`).waitFor();
  await untilAll(harness, refused, refusedIds, 'delivered');
  await row(watched, refused.tenantId).waitFor({ state: 'detached' });
  await watched.close();
});

test('everything parked by a trouble is retried, after the tenants’ connections were tried', async () => {
  const recovery = harness.client.workflow.getHandle(recoveryWorkflowId(revoked.tenantId));
  await expect.poll(async () => (await recovery.describe()).status.name).toBe('RUNNING');
  harness.sandbox.tenant(revoked.customerInstance).key = revoked.key;
  const watched = await openWatched(browser, `${harness.url}/operators`);
  const { page } = watched;
  await signIn(page, harness.url, API_TOKEN);
  page.on('dialog', (dialog) => void dialog.accept());
  const alert = page.getByRole('alert');
  const retry = async () => {
    await page.getByRole('button', { name: 'everything parked by script-not-reached' }).click();
    await alert.getByText(/A test call|Not now/).waitFor();
    return alert.innerText();
  };
  // The server runs one batch at a time, and that of another file may not be over.
  await expect.poll(retry, { interval: 1_000 }).toContain('A test call of 1 tenant is made');
  await untilAll(harness, revoked, revokedIds, 'delivered');
  await page.getByText('None.').waitFor();
  await watched.close();
});
