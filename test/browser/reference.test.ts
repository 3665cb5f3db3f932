import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Harness, startHarness } from '../support/harness.js';
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

test('the API can be read in a browser, which asks nothing of anybody else', async () => {
  const { page, foreignRequests, complaints, close } = await openWatched(browser, `${harness.url}/docs`);
  await page.getByRole('heading', { name: 'Meeting summaries to SuperOffice' }).waitFor();
  await page.getByRole('link', { name: 'Deliver a meeting summary' }).first().click();
  await page.getByRole('heading', { name: 'Deliver a meeting summary' }).waitFor();
  await expect.poll(() => page.locator('body').innerText()).toContain('/v1/tenants/{tenantId}/summaries');
  // Not 'networkidle': on a busy machine the browser may not report it, though every request has ended.
  await page.waitForLoadState('load');
  await page.evaluate(
    'document.fonts.ready.then(() => new Promise((resolve) => requestIdleCallback(() => resolve())))',
  );
  expect(foreignRequests).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});

test('its policy lets in no script but its own', async () => {
  const { headers } = await fetch(`${harness.url}/docs/`);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self' 'sha256-");
  expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
});
