import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { CHROMIUM_MISSING, findChromium } from '../../../scripts/lib/chromium.mjs';

/**
 * Starts the Chromium of this machine, without a window.
 *
 * @throws Error that says what to install where there is none
 */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(CHROMIUM_MISSING);
  return chromium.launch({
    executablePath,
    args: ['--disable-gpu', '--disable-quic', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
}

/** A page, and what was wrong with it. */
export interface WatchedPage {
  page: Page;
  /** Everything that was asked of another origin than the page's own. */
  foreignRequests: string[];
  /** What the browser complained of: scripts that threw, violations of the content security policy. */
  complaints: string[];
  close: () => Promise<void>;
}

/** Opens a page in a context of its own, with its own cookies. */
export async function openWatched(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context: BrowserContext = await browser.newContext(options);
  const page = await context.newPage();
  const foreignRequests: string[] = [];
  const complaints: string[] = [];
  const { origin } = new URL(url);
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) foreignRequests.push(request.url());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return { page, foreignRequests, complaints, close: () => context.close() };
}
