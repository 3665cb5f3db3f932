import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTemporalUi } from '../../src/temporal/ui.js';
import { API_TOKEN, type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { listedAsParked, submitAll, untilAll } from '../support/scenario.js';
import { startBrowser } from './support/browser.js';
import { signIn } from './support/sign-in.js';

/** The UI's first page may take long on a busy machine. */
const UI_TIMEOUT_MS = 30_000;

let harness: Harness;
let browser: Browser;
let page: Page;
let tenant: TestTenant;
let deliveryId: string;

/** An operator is signed in; a delivery is parked, though its trouble is mended by now. */
beforeAll(async () => {
  [harness, browser] = await Promise.all([
    startHarness({ RECOVERY_PROBE_INITIAL: '1h', RECOVERY_PROBE_MAXIMUM: '1h' }),
    startBrowser(),
  ]);
  await harness.startWorker();
  tenant = await harness.connectTenant();
  harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
  [deliveryId = ''] = await submitAll(tenant, meetingSummaries().slice(0, 1));
  await untilAll(harness, tenant, [deliveryId], 'parked');
  harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;

  page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  page.setDefaultTimeout(UI_TIMEOUT_MS);
  await signIn(page, harness.url, API_TOKEN);
});
afterAll(async () => {
  await browser.close();
  await harness.stop();
});

const deliveryLink = () => page.getByRole('link', { name: `delivery/${tenant.tenantId}/${deliveryId}` });

test('what is parked is found by a saved query', async () => {
  // The UI's list does not follow by itself.
  await listedAsParked(tenant, 1);
  // The one of docs/operators.md.
  const query = `TenantId = "${tenant.tenantId}" AND DeliveryState = "parked" AND ExecutionStatus = "Running"`;
  await page.goto(createTemporalUi(inject('temporalUiUrl'), 'default').listUrl(query));
  await deliveryLink().waitFor();
  await page.getByTestId('create-view-button').click();
  await page.getByTestId('save-view-modal-input').fill('Parked');
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await page.getByTestId('today').click();
  await page.getByRole('button', { name: 'Parked' }).click();
  await deliveryLink().waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'delivery/' }).count()).toBe(1);
});

test('a payload is encrypted, and readable through the codec endpoint for those who are signed in', async () => {
  await deliveryLink().click();
  await page.getByText('encryption-key-id').first().waitFor();
  const { meetingName } = meetingSummaries()[0] ?? {};
  expect(await page.locator('body').innerText()).not.toContain(meetingName);

  await page.getByTestId('data-encoder-status').click();
  await page.getByTestId('data-encoder-endpoint-input').fill(`${harness.url}/codec`);
  await page.getByTestId('data-encoder-include-credentials').click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.reload();
  await page
    .getByText(`"${meetingName ?? ''}"`)
    .first()
    .waitFor();
});

test('the current details tell in words what to do', async () => {
  await page.getByRole('tab', { name: 'User Metadata' }).click();
  // The UI writes them into frames of their own.
  const texts = () => Promise.all(page.frames().map((frame) => frame.locator('body').innerText()));
  await expect
    .poll(async () => (await texts()).join('\n'), { timeout: UI_TIMEOUT_MS })
    .toContain('Signal retry when it is mended');
});

test('a retry signal that is sent from the UI delivers', async () => {
  await page.getByRole('button', { name: 'More Actions' }).click();
  await page.getByRole('menuitem', { name: 'Send a Signal' }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.getByTestId('signal-select-button').click();
  await dialog.getByRole('option', { name: 'retry' }).click();
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await untilAll(harness, tenant, [deliveryId], 'delivered');
  expect(harness.sandbox.records(tenant.customerInstance)).toHaveLength(1);
});
