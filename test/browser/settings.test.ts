import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createTenantApi } from '../support/tenant-api.js';
import { sampleCrm } from '../../sandbox/sample-crm.js';
import type { Sandbox } from '../../sandbox/start.js';
import { API_TOKEN, type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { portalLink } from '../support/portal.js';
import { listedAsParked } from '../support/scenario.js';
import { violationsOf } from './support/axe.js';
import { openWatched, startBrowser, type WatchedPage } from './support/browser.js';

let harness: Harness;
let browser: Browser;
beforeAll(async () => {
  [harness, browser] = await Promise.all([
    // What is mended starts again by what people do on the page, not by a probe.
    startHarness({ RECOVERY_PROBE_INITIAL: '1h', RECOVERY_PROBE_MAXIMUM: '1h' }),
    startBrowser(),
  ]);
  await harness.startWorker();
});
afterAll(async () => {
  await browser.close();
  await harness.stop();
});

/** Opens the settings page of a tenant; at the end nothing may have been wrong with it. */
async function open(
  { tenantId }: Pick<TestTenant, 'tenantId'>,
  { expected = [], ...options }: Parameters<typeof openWatched>[2] & { expected?: string[] } = {},
  link: object = {},
): Promise<Page> {
  const watched: WatchedPage = await openWatched(browser, await portalLink(harness.url, tenantId, link), {
    reducedMotion: 'reduce',
    ...options,
  });
  onTestFinished(async () => {
    const { foreignRequests, complaints } = watched;
    await watched.close();
    expect(foreignRequests, 'requests to elsewhere').toEqual([]);
    expect(
      complaints.filter((one) => !['4', ...expected].some((status) => one.includes(`status of ${status}`))),
      'complaints of the browser',
    ).toEqual([]);
  });
  return watched.page;
}

/** Readable for everyone, in light and in dark. */
async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violationsOf(page), colorScheme).toEqual([]);
  }
}

let customers = 30_000;

/** A customer of the sandbox that nobody has connected yet. */
function newCustomer(): TestTenant {
  const customerInstance = `Cust${(customers += 1)}`;
  const key = `key-${customerInstance}-0123456789abcdef`;
  harness.sandbox.addTenant({ customerInstance, key, ...sampleCrm() });
  const tenantId = `page-${customerInstance}`;
  return { tenantId, customerInstance, key, api: createTenantApi(harness.url, API_TOKEN, tenantId) };
}

async function connectedCustomer(): Promise<TestTenant> {
  const tenant = newCustomer();
  const { customerInstance, key: token } = tenant;
  await tenant.api.connect({ domainPrefix: 'online2', customerInstance, token });
  await harness.untilRecovered(tenant.tenantId);
  return tenant;
}

const scriptAddress = ({ customerInstance, key }: TestTenant) =>
  `https://online2.${harness.sandbox.domain}/${customerInstance}/CS/scripts/customer.fcgi` +
  `?action=safeParse&includeId=dci-receive-summary&key=${key}`;

/** Everything in which the token could be left on a page. */
async function traces(page: Page): Promise<string> {
  const values = await page
    .locator('input')
    .evaluateAll((inputs) => inputs.map((input) => (input as { value?: string }).value));
  return `${await page.content()}\n${values.join('\n')}\n${page.url()}`;
}

const checks = (page: Page) => page.locator('.check');
const row = (page: Page, name: string) => page.locator('.row', { hasText: name });
const [first, second, third] = meetingSummaries();

describe('an admin', () => {
  test('connects by a pasted address, and tests; no token is left in the page', async () => {
    const tenant = newCustomer();
    const page = await open(tenant);
    await expectAccessible(page);

    await page.getByLabel('Domain prefix').fill(scriptAddress(tenant));
    await page.keyboard.press('Tab');
    expect(await page.getByLabel('Domain prefix').inputValue()).toBe('online2');
    expect(await page.getByLabel('Customer instance').inputValue()).toBe(tenant.customerInstance);
    expect(await page.getByLabel('Token key').inputValue()).toBe(tenant.key);
    await page.getByRole('button', { name: 'Connect' }).click();

    await page.locator('.alert', { hasText: 'Connected. Now test the integration.' }).waitFor();
    expect(await traces(page)).not.toContain(tenant.key);
    expect(await page.getByText('stored, ends in cdef').isVisible()).toBe(true);
    expect(await page.locator('#state').innerText()).toBe('Connected');
    await page.locator('#connection-title:focus').waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Test Integration' }).click();
    await page.locator('.test-good').waitFor();
    expect((await checks(page).allTextContents()).map((text) => text.trim())).toEqual([
      'Domain prefix: passed',
      'Customer instance: passed',
      'SuperOffice can be reached: passed',
      'The receiver script answers: passed',
      'The token key is accepted: passed',
      'The receiver script is up to date: passed',
    ]);
    expect(await page.locator('#announcer').textContent()).toBe(
      'The test passed. Summaries reach SuperOffice.',
    );
    expect(await traces(page)).not.toContain(tenant.key);
    await expectAccessible(page);
  });

  test('is told beside each field what is wrong, and need not enter the key again', async () => {
    const tenant = newCustomer();
    const page = await open(tenant);
    await page.getByLabel('Domain prefix').fill('https://online2.elsewhere.example/');
    await page.getByLabel('Token key').fill(tenant.key);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Something is missing or wrong').waitFor();
    const prefix = page.getByLabel('Domain prefix');
    expect(await prefix.getAttribute('aria-invalid')).toBe('true');
    await page.locator('#domainPrefix:focus').waitFor();
    await expectAccessible(page);

    await prefix.fill('online2');
    await page.getByLabel('Customer instance').fill(tenant.customerInstance);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.locator('.alert', { hasText: 'Connected. Now test the integration.' }).waitFor();
    expect(await traces(page)).not.toContain(tenant.key);
  });

  test('is told why SuperOffice takes no connection, and what to do', async () => {
    const tenant = newCustomer();
    harness.sandbox.tenant(tenant.customerInstance).state = 'Suspended';
    const page = await open(tenant);
    await page.getByLabel('Domain prefix').fill('online2');
    await page.getByLabel('Customer instance').fill(tenant.customerInstance);
    await page.getByLabel('Token key').fill(tenant.key);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.locator('.alert-bad').waitFor();
    expect(await page.locator('.alert-bad').innerText()).toContain(
      'SuperOffice does not take this connection',
    );
    expect(await page.locator('.alert-bad').innerText()).toContain('Ask SuperOffice to lift the suspension');
  });

  test('connects, tests and disconnects with the keyboard alone', async () => {
    const tenant = newCustomer();
    const page = await open(tenant);
    const tabTo = async (name: string | RegExp) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        const focused = page.locator(':focus');
        const label = await focused.evaluate((element) => {
          const { labels, textContent } = element as unknown as {
            labels?: { textContent: string | null }[] | null;
            textContent: string | null;
          };
          return labels?.[0]?.textContent ?? textContent ?? '';
        });
        if (label.trim().match(name)) return;
      }
      throw new Error(`There is no way to "${String(name)}".`);
    };
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
    await tabTo('Domain prefix');
    await page.keyboard.type('online2');
    await tabTo('Customer instance');
    await page.keyboard.type(tenant.customerInstance);
    await tabTo('Token key');
    await page.keyboard.type(tenant.key);
    await page.keyboard.press('Enter');
    await page.locator('.alert', { hasText: 'Connected. Now test the integration.' }).waitFor();

    await tabTo('Test Integration');
    await page.keyboard.press('Enter');
    await page.locator('.test-good').waitFor();
    expect(await page.locator(':focus').innerText()).toBe('Test again');

    await page.locator('#connection-title').focus();
    await tabTo(/^Disconnect$/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    expect(await page.locator(':focus').innerText()).toBe('Disconnect');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(/^Disconnect$/);
    await page.keyboard.press('Enter');
    await page.locator('.alert', { hasText: 'Disconnected. The token key is erased.' }).waitFor();
    expect(await page.locator('#state').innerText()).toBe('Not connected');
  });
});

describe('a test that fails', () => {
  type SandboxTenant = ReturnType<Sandbox['tenant']>;
  const cases: [string, (tenant: SandboxTenant) => unknown, string, string][] = [
    [
      'an unknown customer',
      (tenant) => (tenant.state = 'Unknown'),
      'Customer instance: failed',
      'Check the customer instance, such as "Cust12345"',
    ],
    [
      'maintenance',
      (tenant) => (tenant.state = 'OfflineMaintenance'),
      'SuperOffice can be reached: failed',
      'Test again in a few minutes; summaries wait meanwhile, and none is lost.',
    ],
    [
      'a wrong key',
      (tenant) => (tenant.key = 'another-key'),
      'The receiver script answers: failed',
      'Check the token key, which may be wrong, expired or revoked',
    ],
    [
      'a key that is refused',
      (tenant) => tenant.faults.push({ type: 'status', status: 401, times: 1 }),
      'The token key is accepted: failed',
      'Enter the key of the receiver script again; it may have expired or been revoked.',
    ],
    [
      'an old script',
      (tenant) => (tenant.scriptVersion = '0.1.0'),
      'The receiver script is up to date: failed',
      'Install the current receiver script in SuperOffice.',
    ],
  ];

  test('shows at which check, why, and what to do', async () => {
    const tenant = await connectedCustomer();
    const page = await open(tenant);
    for (const [, goWrong, failed, remedy] of cases) {
      const customer = harness.sandbox.tenant(tenant.customerInstance);
      Object.assign(customer, { state: 'Running', key: tenant.key, scriptVersion: '1.0.0' });
      goWrong(customer);
      await page.getByRole('button', { name: /^Test/ }).click();
      const check = page.locator('.check-failed', { hasText: failed });
      await check.waitFor();
      expect(await check.innerText()).toContain(remedy);
      expect(await page.locator('#announcer').textContent()).toContain(remedy);
    }
    await expectAccessible(page);
  });
});

describe('the summaries', () => {
  test('arrive while one looks on', async () => {
    const tenant = await connectedCustomer();
    const page = await open(tenant);
    await page.getByText('No summaries yet').waitFor();
    await tenant.api.submit(first ?? {});
    const arrived = row(page, first?.meetingName ?? '');
    await arrived.getByText('Delivered').waitFor();
    await arrived.getByRole('link').click();
    await page.getByText('Delivered to SuperOffice').waitFor();
    expect(await page.locator('.step-title').allInnerTexts()).toEqual([
      'Received from Conversational Intelligence',
      'Delivered to SuperOffice',
    ]);
    expect(await page.getByText('Record in SuperOffice').isVisible()).toBe(true);
    expect(await page.getByText('Contacts found').isVisible()).toBe(true);
    await expectAccessible(page);
  });

  test('park when the key is revoked; one is retried and arrives, and takes the others along', async () => {
    const tenant = await connectedCustomer();
    const customer = harness.sandbox.tenant(tenant.customerInstance);
    const page = await open(tenant);
    customer.key = 'revoked';
    await tenant.api.submit(second ?? {});
    const parked = row(page, second?.meetingName ?? '');
    await parked.getByText('Waiting for you').waitFor();
    await page.getByText('No summary gets through right now').waitFor();
    expect(await page.locator('#state').innerText()).toBe('Needs attention');
    expect(await page.locator('#health').innerText()).toContain('Check the token key and the include name');
    await expectAccessible(page);

    await page.getByLabel('Show').selectOption('Waiting for you');
    await parked.waitFor();
    await page.getByLabel('Show').selectOption('Delivered');
    await page.getByText('Nothing here').waitFor();
    await page.getByLabel('Show').selectOption('All');

    await parked.getByRole('link').click();
    await page.getByText('Stopped, and waiting for you').waitFor();
    await expectAccessible(page);
    customer.key = tenant.key;
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('Delivered to SuperOffice').waitFor();
    expect(await page.locator('.step-title').allInnerTexts()).toContain('Started again by hand');
    await page.getByRole('link', { name: 'All summaries' }).click();
    await page.locator('#state', { hasText: 'Connected' }).waitFor();
  });

  test('wait while the integration is paused, and go out when it is resumed', async () => {
    const tenant = await connectedCustomer();
    const customer = harness.sandbox.tenant(tenant.customerInstance);
    customer.faults.push({ type: 'status', status: 422, times: 2 });
    const ids = [];
    for (const summary of [first, second])
      ids.push((await tenant.api.submit(summary ?? {})).deliveryId ?? '');
    for (const id of ids) await harness.until(tenant, id, ({ state }) => state === 'parked');
    await listedAsParked(tenant, 2);
    const page = await open(tenant);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.locator('#state', { hasText: 'Paused' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.locator('#state', { hasText: 'Connected' }).waitFor();
    for (const id of ids) await harness.until(tenant, id, ({ state }) => state === 'delivered');
  });

  test('that wait start again by one click', async () => {
    const tenant = await connectedCustomer();
    harness.sandbox.tenant(tenant.customerInstance).faults.push({ type: 'status', status: 422, times: 1 });
    const { deliveryId = '' } = await tenant.api.submit(third ?? {});
    await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');
    const page = await open(tenant);
    await page.getByRole('button', { name: 'Retry all 1' }).click();
    await page.locator('.alert', { hasText: 'One summary starts again.' }).waitFor();
    await row(page, third?.meetingName ?? '')
      .getByText('Delivered')
      .waitFor();
  });

  test('can be cancelled while they wait, and sent again', async () => {
    const tenant = await connectedCustomer();
    harness.sandbox.tenant(tenant.customerInstance).faults.push({ type: 'status', status: 422, times: 1 });
    const { deliveryId = '' } = await tenant.api.submit(third ?? {});
    await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');
    const page = await open(tenant);
    await row(page, third?.meetingName ?? '')
      .getByRole('link')
      .click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Cancel the summary' }).click();
    await page.locator('.step-title', { hasText: 'Cancelled' }).waitFor();
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Delivered to SuperOffice').waitFor();
  });
});

describe('the page', () => {
  test('shows, and offers nothing to change, to those who may only look', async () => {
    const tenant = await connectedCustomer();
    const page = await open(tenant, {}, { readOnly: true });
    expect(await page.getByText('You may look at this page, but not change anything here.').isVisible()).toBe(
      true,
    );
    expect(await page.getByText(tenant.customerInstance).isVisible()).toBe(true);
    expect(await page.getByRole('button').count()).toBe(0);
    await expectAccessible(page);
  });

  test('outlives a proxy that answers in the place of the service, says so to whoever asks for a change, and goes on', async () => {
    const tenant = await connectedCustomer();
    const page = await open(tenant, { expected: ['502'] });
    await page.getByText('No summaries yet').waitFor();
    const title = await page.title();
    let polls = 0;
    await page.route('**/portal/**', (route) => {
      if (route.request().method() === 'GET') polls += 1;
      return route.fulfill({
        status: 502,
        body: '<title>502</title><h1>Bad gateway</h1>',
        contentType: 'text/html',
      });
    });
    await expect.poll(() => polls).toBeGreaterThan(1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('The service can’t be reached right now.').waitFor();
    expect(await page.locator('#state').innerText()).toBe('Connected');
    expect([await page.title(), await page.getByText('Bad gateway').count()]).toEqual([title, 0]);
    await expectAccessible(page);

    await page.unroute('**/portal/**');
    await tenant.api.submit(first ?? {});
    await row(page, first?.meetingName ?? '')
      .getByText('Delivered')
      .waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.locator('#state', { hasText: 'Paused' }).waitFor();
    expect(await page.locator('#alerts').innerText()).toBe('');
  });

  test('gives way to a word of farewell when its session is over', async () => {
    const page = await open(await connectedCustomer());
    await page.context().clearCookies();
    await page.getByText('This page has been closed').waitFor();
    expect(await page.locator('#connection').count()).toBe(0);
  });

  test('fits a phone, in Swedish', async () => {
    const tenant = await connectedCustomer();
    const page = await open(tenant, { locale: 'sv-SE', viewport: { width: 360, height: 740 } });
    await page.getByRole('button', { name: 'Testa integrationen' }).click();
    await page.locator('.test-good', { hasText: 'Testet gick bra.' }).waitFor();
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(360);
    await expectAccessible(page);
  });
});
