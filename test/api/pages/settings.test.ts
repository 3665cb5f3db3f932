import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeliverSummaryInput } from '../../../src/domain/delivery.js';
import { generateKey, parseKeyRing } from '../../../src/domain/key-ring.js';
import { createLazyClient, localTarget } from '../../../src/temporal/connection.js';
import { createDataConverter } from '../../../src/temporal/data-converter.js';
import { createDeliveries } from '../../../src/temporal/deliveries.js';
import { type Harness, startHarness, type TestTenant } from '../../support/harness.js';
import { meetingSummaries } from '../../support/meetings.js';
import { csrfTokenIn, openLink, portalLink } from '../../support/portal.js';

let harness: Harness;
let tenant: TestTenant;
let session: PageSession;
beforeAll(async () => {
  harness = await startHarness();
  await harness.startWorker();
  tenant = await harness.connectTenant();
  session = await openPage(tenant.tenantId);
});
afterAll(() => harness.stop());

interface PageSession {
  cookie: string;
  path: string;
  csrfToken: string;
}

async function openPage(tenantId: string, body: object = {}): Promise<PageSession> {
  const { cookie, location } = await openLink(await portalLink(harness.url, tenantId, body));
  const html = await (await fetch(harness.url + location, { headers: { cookie } })).text();
  return { cookie, path: location, csrfToken: csrfTokenIn(html) };
}

const own = { 'sec-fetch-site': 'same-origin' };

async function post(
  path: string,
  headers: Record<string, string>,
  form: Record<string, string> = {},
): Promise<{ status: number; body: string; headers: Headers }> {
  const response = await fetch(harness.url + path, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
    redirect: 'manual',
  });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

const changes = ['connection', 'pause', 'resume', 'disconnect', 'test', 'deliveries/retry'];
const ofDelivery = ['retry', 'cancel', 'resend'].map((verb) => `deliveries/${'0'.repeat(32)}/${verb}`);

describe.each([...changes, ...ofDelivery])('a change (%s)', (part) => {
  const path = () => `${session.path}/${part}`;

  test('is refused without the token of the session', async () => {
    const { cookie } = session;
    for (const given of [
      {},
      { 'x-csrf-token': 'wrong' },
      { 'x-csrf-token': (await openPage('other')).csrfToken },
    ]) {
      expect(await post(path(), { ...own, cookie, ...given })).toMatchObject({ status: 403 });
    }
  });

  test('is refused when another site asks for it, or nobody says who does', async () => {
    const { cookie, csrfToken } = session;
    const headers = { cookie, 'x-csrf-token': csrfToken };
    for (const from of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      {},
    ]) {
      expect(await post(path(), { ...headers, ...from })).toMatchObject({ status: 403 });
    }
  });

  test('is refused to those who may only look', async () => {
    const { cookie, csrfToken } = await openPage(tenant.tenantId, { readOnly: true });
    const answer = await post(path(), { ...own, cookie, 'x-csrf-token': csrfToken });
    expect(answer).toMatchObject({ status: 403 });
  });

  test('needs a session', async () => {
    expect(await post(path(), own)).toMatchObject({ status: 401 });
  });

  test('can not be made to another tenant', async () => {
    const { cookie, csrfToken } = await openPage('other');
    const answer = await post(path(), { ...own, cookie, 'x-csrf-token': csrfToken });
    expect(answer).toMatchObject({ status: 404 });
  });
});

test('an older browser is known by the origin that it names', async () => {
  const { cookie, csrfToken, path } = session;
  const headers = { origin: harness.url, cookie, 'x-csrf-token': csrfToken };
  expect(await post(`${path}/pause`, headers)).toMatchObject({ status: 200 });
  expect(await post(`${path}/resume`, headers)).toMatchObject({ status: 200 });
});

test('without htmx a form is answered by the whole page', async () => {
  const { cookie, csrfToken, path } = session;
  const form = { _csrf: csrfToken };
  const paused = await post(`${path}/pause`, { ...own, cookie }, form);
  expect(paused.body).toMatch(/^<!doctype html>/);
  expect(paused.body).toContain('Paused');
  const resumed = await post(`${path}/resume`, { ...own, cookie, 'hx-request': 'true' }, form);
  expect(resumed.body).toMatch(/^<section id="connection"/);
});

test('a form that can not be taken comes back without the key, also where it was in an address', async () => {
  const { cookie, csrfToken, path } = session;
  const key = 'the-secret-key-0123456789';
  const answer = await post(
    `${path}/connection`,
    { ...own, cookie, 'hx-request': 'true' },
    {
      _csrf: csrfToken,
      domainPrefix: `https://online2.elsewhere.example/Cust1/CS/scripts/customer.fcgi?key=${key}`,
      customerInstance: '"><script>alert(1)</script>',
      token: key,
    },
  );
  expect(answer.status).toBe(422);
  expect(answer.body).toContain('aria-invalid="true"');
  expect(answer.body).not.toContain(key);
  expect(answer.body).not.toContain('"><script>');
  expect(harness.logs.join('\n')).not.toContain(key);
});

test('what did not change since it was seen is not sent again', async () => {
  const { cookie, path } = session;
  const { deliveryId = '' } = await tenant.api.submit(meetingSummaries()[0] ?? {});
  await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  // Temporal's list is a little behind: it would change in between.
  await expect
    .poll(async () => (await tenant.api.deliveries({ state: 'delivered' })).deliveries)
    .toHaveLength(1);
  for (const part of ['/health', '/deliveries?show=delivered', `/deliveries/${deliveryId}`]) {
    const url = new URL(harness.url + path + part);
    const headers = { cookie, 'hx-request': 'true' };
    const seen = async () =>
      /seen&#34;:&#34;([\w-]+)/.exec(await (await fetch(url, { headers })).text())?.[1] ?? '';
    await expect.poll(seen).not.toBe('');
    url.searchParams.set('seen', await seen());
    expect((await fetch(url, { headers })).status, part).toBe(204);
    url.searchParams.set('seen', 'another');
    expect((await fetch(url, { headers })).status, part).toBe(200);
  }
});

test('a change is logged with who asked for it', async () => {
  const { cookie, csrfToken, path } = await openPage(tenant.tenantId, { actor: 'user-42' });
  await post(`${path}/resume`, { ...own, cookie, 'x-csrf-token': csrfToken });
  const line = harness.logs
    .map((log) => JSON.parse(log) as Record<string, unknown>)
    .findLast(({ msg }) => msg === 'connection paused or resumed');
  expect(line).toMatchObject({ tenantId: tenant.tenantId, actor: 'user-42', enabled: true });
});

test('a delivery that no key opens any more is listed, without the name of its meeting', async () => {
  const lostKeys = parseKeyRing(generateKey('lost'));
  const client = createLazyClient(localTarget(harness.temporalAddress), createDataConverter(lostKeys));
  const { tenantId } = await harness.connectTenant();
  const { path, cookie } = await openPage(tenantId);
  const deliveryId = '1'.repeat(32);
  const input = { tenantId, deliveryId, summary: { meetingName: 'Lost' } } as DeliverSummaryInput;
  await createDeliveries(client, 'nobody-works-here').start(input);
  await client.connection.close();
  const listed = async () => await (await fetch(`${harness.url}${path}`, { headers: { cookie } })).text();
  await expect.poll(listed).toMatch(new RegExp(`deliveries/${deliveryId}"[^>]*>Meeting<`));
});
