import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderSummary } from '../../src/superoffice/summary-rendering.js';
import { API_TOKEN, type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { openLink, portalLink, staffCookie } from '../support/portal.js';

/** What each place would have to be fooled by; every one begins with the same word. */
const hostile = [
  'Kick-off <script>alert(1)</script>',
  'Kick-off "><img src=x onerror=alert(1)>',
  "Kick-off ' onmouseover='alert(1)",
  'Kick-off </title></head><body onload=alert(1)>',
  'Kick-off &lt;script&gt;alert(1)&lt;/script&gt;',
  'Kick-off ${alert(1)} {{alert(1)}} <%= alert(1) %>',
  'Kick-off\r\n{"level":60,"msg":"injected"}\r\nSet-Cookie: injected=1',
];

const summaryOf = (words: string) =>
  `${words}\n\nWe agreed. <script>alert(1)</script> [here](javascript:alert(1))`;

const meetingOf = (words: string, meetingId: string) => ({
  ...meetingSummaries()[0],
  meetingId,
  meetingName: words,
  location: words,
  meetingType: words.slice(0, 200),
  summary: summaryOf(words),
});

let harness: Harness;
let tenant: TestTenant;
let ids: string[];
beforeAll(async () => {
  harness = await startHarness();
  await harness.startWorker();
  tenant = await harness.connectTenant();
  ids = [];
  for (const [index, words] of hostile.entries()) {
    const { deliveryId = '' } = await tenant.api.submit(meetingOf(words, `hostile-${index}`));
    await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
    ids.push(deliveryId);
  }
});
afterAll(() => harness.stop());

/** What makes a browser do something, had it come through as it was written. */
const ALIVE = /<script>|<img|<body onload|<a[^>]*onmouseover|javascript:/;

async function shown(path: string, cookie: string): Promise<string> {
  const page = await fetch(harness.url + path, { headers: { cookie }, redirect: 'manual' });
  expect(page.status).toBe(200);
  return page.text();
}

describe('words of a meeting that are meant to be run', () => {
  test('are words on the settings page', async () => {
    const { cookie, location } = await openLink(await portalLink(harness.url, tenant.tenantId));
    // Temporal's list is a little behind.
    await expect
      .poll(async () => (await shown(location, cookie)).match(/Kick-off/g)?.length ?? 0)
      .toBeGreaterThanOrEqual(hostile.length);
    const pages = [await shown(location, cookie)];
    for (const id of ids) pages.push(await shown(`${location}/deliveries/${id}`, cookie));
    expect(pages.join()).toContain('Kick-off &lt;script>alert(1)&lt;/script>');
    expect(pages.join()).toContain('Kick-off &#34;>&lt;img src=x onerror=alert(1)>');
    // In the value of an attribute only a quotation mark could end what it is.
    for (const page of pages) expect(page.replace(/"[^"]*"/g, '""')).not.toMatch(ALIVE);
  });

  test('never reach the operators’ view', async () => {
    // The view lists what waits for somebody, and the records of the tenant above are counted.
    const other = await harness.connectTenant();
    harness.sandbox.addFaults(other.customerInstance, { type: 'status', status: 413, times: 1 });
    const { deliveryId = '' } = await other.api.submit(meetingOf(hostile[0] ?? '', 'hostile-and-parked'));
    await harness.until(other, deliveryId, ({ state }) => state === 'parked');
    const cookie = await staffCookie(harness.url, API_TOKEN);
    const view = () => shown('/operators', cookie);
    await expect.poll(view).toContain(deliveryId.slice(0, 8));
    expect(await view()).not.toMatch(/Kick-off|alert\(1\)/);
  });

  test('are words in the HTML that SuperOffice gets, and do nothing there', () => {
    expect(harness.sandbox.records(tenant.customerInstance)).toHaveLength(hostile.length);
    for (const words of hostile) {
      const { html } = renderSummary(summaryOf(words));
      expect(html).toContain('We agreed.');
      expect(html).not.toMatch(ALIVE);
    }
  });

  test('are in no line of the log, and each line is one object', () => {
    expect(harness.logs.length).toBeGreaterThan(hostile.length);
    for (const line of harness.logs) {
      expect(line.match(/\n/g)).toHaveLength(1);
      expect(JSON.parse(line)).toBeTypeOf('object');
    }
    expect(harness.logs.join('')).not.toMatch(/Kick-off|injected|alert\(1\)/);
  });
});

describe('what a script of a customer answers', () => {
  test('is shown to nobody: only what it means is', async () => {
    const other = await harness.connectTenant();
    harness.sandbox.addFaults(other.customerInstance, {
      type: 'not-ok',
      error: '400 <script>alert("zq7")</script>',
    });
    const { deliveryId = '' } = await other.api.submit(meetingSummaries()[0] ?? {});
    const delivery = await harness.until(other, deliveryId, ({ state }) => state === 'parked');
    expect(JSON.stringify(delivery)).not.toContain('zq7');
    const { cookie, location } = await openLink(await portalLink(harness.url, other.tenantId));
    expect(await shown(`${location}/deliveries/${deliveryId}`, cookie)).not.toContain('zq7');
    expect(harness.logs.join('')).not.toContain('zq7');
  });
});
