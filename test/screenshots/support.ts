import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { readSummaries } from '../../demo/meetings.js';
import { sampleCrm } from '../../sandbox/sample-crm.js';
import { inProject } from '../../scripts/lib/project.mjs';
import { startBrowser } from '../browser/support/browser.js';
import { API_TOKEN, type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { createTenantApi } from '../support/tenant-api.js';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const meetings = readSummaries(inProject('sandbox', 'sample-meetings.jsonl'), sampleCrm());

/** A service with a worker, and a browser to look at it. */
export interface Studio {
  harness: Harness;
  browser: Browser;
  close(): Promise<void>;
}

/** Starts both; a probe of a broken connection is never due, so that the trouble is to be seen. */
export async function openStudio(environment: Record<string, string>): Promise<Studio> {
  const [harness, browser] = await Promise.all([
    startHarness({ RECOVERY_PROBE_INITIAL: '10m', RECOVERY_PROBE_MAXIMUM: '10m', ...environment }),
    startBrowser(),
  ]);
  await harness.startWorker();
  const close = async () => {
    await browser.close();
    await harness.stop();
  };
  return { harness, browser, close };
}

/** A customer with the sample CRM, not connected yet. */
export function customerOf({ harness }: Studio, customerInstance: string, tenantId: string): TestTenant {
  const key = `k9f2-${customerInstance}-51ad77e0b3c4`;
  harness.sandbox.addTenant({ customerInstance, key, ...sampleCrm() });
  return { tenantId, customerInstance, key, api: createTenantApi(harness.url, API_TOKEN, tenantId) };
}

/** Hands in some of the sample meetings, one after the other. */
export async function submit({ api }: TestTenant, from: number, to: number): Promise<string[]> {
  const ids: string[] = [];
  for (const meeting of meetings.slice(from, to)) ids.push((await api.submit(meeting)).deliveryId ?? '');
  return ids;
}

/**
 * Takes a picture for the documentation, as WebP.
 *
 * @param options.fullPage also what lies below the window
 */
export async function takePicture(
  page: Page,
  name: string,
  { quality, fullPage }: { quality: number; fullPage: boolean },
): Promise<void> {
  await page.mouse.move(0, 0);
  const session = await page.context().newCDPSession(page);
  const { cssContentSize } = await session.send('Page.getLayoutMetrics');
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality,
    ...(fullPage && {
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, width: cssContentSize.width, height: cssContentSize.height, scale: 1 },
    }),
  });
  await writeFile(`${folder}${name}.webp`, Buffer.from(data, 'base64'));
}
