import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Harness, startHarness } from '../support/harness.js';
import { portalLink } from '../support/portal.js';
import { violationsOf } from './support/axe.js';
import { openWatched, startBrowser } from './support/browser.js';

let harness: Harness;
let browser: Browser;
beforeAll(async () => {
  [harness, browser] = await Promise.all([startHarness(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await harness.stop();
});

test.each(['light', 'dark'] as const)(
  'a problem is told as a page, readable for everyone (%s)',
  async (colorScheme) => {
    const { page, foreignRequests, complaints, close } = await openWatched(
      browser,
      `${harness.url}/portal/open?ticket=nonsense`,
      { colorScheme },
    );
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('This page has been closed');
    expect(await violationsOf(page)).toEqual([]);
    expect(foreignRequests).toEqual([]);
    // The browser itself tells of the status.
    expect(complaints.filter((complaint) => !complaint.includes('401'))).toEqual([]);
    await close();
  },
);

test('a page speaks the language of the browser, until another one is chosen', async () => {
  const { page, close } = await openWatched(browser, await portalLink(harness.url, 'a-polyglot'), {
    locale: 'sv-SE',
  });
  const lead = page.locator('.lead');
  expect(await lead.innerText()).toContain('mötessammanfattning');
  await page.getByRole('link', { name: 'Norsk' }).click();
  expect(await lead.innerText()).toContain('møtesammendrag');
  await page.goto(`${harness.url}/portal/a-polyglot/superoffice`);
  expect(await lead.innerText()).toContain('møtesammendrag');
  await close();
});

test('a tab each may show another tenant', async () => {
  const { page, close } = await openWatched(browser, await portalLink(harness.url, 'first'));
  await page.goto(await portalLink(harness.url, 'second'));
  for (const tenantId of ['first', 'second']) {
    const answer = await page.goto(`${harness.url}/portal/${tenantId}/superoffice`);
    expect(answer?.status()).toBe(200);
  }
  await close();
});
