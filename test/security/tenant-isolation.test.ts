import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completedEvent, webhookHeaders } from '../../sandbox/dci-event.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { csrfTokenIn, openLink, portalLink } from '../support/portal.js';
import { request } from '../support/request.js';
import { addressOf, type Route, withRoutes } from './support/routes.js';

let harness: Harness;
let routes: Route[];
/** Whose things somebody else is after. */
let victim: TestTenant;
let victimDelivery: string;
/** Somebody else's session, and the token of its forms. */
let attacker: { tenantId: string; cookie: string; csrfToken: string };

beforeAll(async () => {
  ({ started: harness, routes } = await withRoutes(() => startHarness()));
  await harness.startWorker();
  victim = await harness.connectTenant();
  victimDelivery = (await victim.api.submit(meetingSummaries()[0] ?? {})).deliveryId ?? '';
  await harness.until(victim, victimDelivery, ({ state }) => state === 'delivered');
  const { tenantId } = await harness.connectTenant();
  const { cookie, location } = await openLink(await portalLink(harness.url, tenantId));
  const page = await fetch(harness.url + location, { headers: { cookie } });
  attacker = { tenantId, cookie, csrfToken: csrfTokenIn(await page.text()) };
});
afterAll(() => harness.stop());

const ofTenants = () => routes.filter(({ url }) => url.includes('/:tenantId'));
const pagesOfTenants = () => ofTenants().filter(({ url }) => url.startsWith('/portal/'));

/** What the attacker's browser gets from a route, with its own session and the ids of somebody else in the address. */
async function ask(route: Route, tenantId: string, deliveryId: string) {
  const response = await fetch(harness.url + addressOf(route, { tenantId, deliveryId }), {
    method: route.method,
    headers: {
      cookie: attacker.cookie,
      'sec-fetch-site': 'same-origin',
      'x-csrf-token': attacker.csrfToken,
      'hx-request': 'true',
    },
    redirect: 'manual',
  });
  const headers = [...response.headers].filter(([name]) => !/^(date|x-ratelimit-)/.test(name));
  const body = (await response.text()).replaceAll(tenantId, '{tenant}').replaceAll(deliveryId, '{delivery}');
  return { status: response.status, headers, body };
}

describe('a session of another tenant', () => {
  test('gets of every page what it gets of a tenant that does not exist', async () => {
    expect(pagesOfTenants().length).toBeGreaterThan(15);
    for (const route of pagesOfTenants()) {
      const existing = await ask(route, victim.tenantId, victimDelivery);
      const invented = await ask(route, 'never-heard-of', '0'.repeat(32));
      expect({ route, answer: existing }).toEqual({ route, answer: invented });
      expect({ route, status: existing.status }).toEqual({ route, status: 404 });
    }
    expect(await victim.api.connection()).toMatchObject({ state: 'connected' });
  });

  test('is nothing to the API', async () => {
    const ofApi = ofTenants().filter(({ url }) => url.startsWith('/v1/') && !url.endsWith('/hooks/dci'));
    expect(ofApi.length).toBeGreaterThan(15);
    for (const route of ofApi) {
      for (const tenantId of [victim.tenantId, attacker.tenantId]) {
        const { status } = await ask(route, tenantId, victimDelivery);
        expect({ route, status }).toEqual({ route, status: 401 });
      }
    }
  });

  test('sees of another tenant’s delivery, under its own address, what it sees of one that does not exist', async () => {
    const ofDelivery = pagesOfTenants().filter(({ url }) => url.includes(':deliveryId'));
    expect(ofDelivery.length).toBeGreaterThan(4);
    for (const route of ofDelivery) {
      const existing = await ask(route, attacker.tenantId, victimDelivery);
      const invented = await ask(route, attacker.tenantId, '0'.repeat(32));
      expect({ route, answer: existing }).toEqual({ route, answer: invented });
      expect({ route, status: existing.status }).toEqual({ route, status: 404 });
    }
    expect(await victim.api.delivery(victimDelivery)).toMatchObject({ state: 'delivered' });
  });

  test('sees nothing of another tenant’s by the cursor of its list', async () => {
    const second = (await victim.api.submit(meetingSummaries()[1] ?? {})).deliveryId ?? '';
    await harness.until(victim, second, ({ state }) => state === 'delivered');
    const firstPage = () => victim.api.deliveries({ limit: 1 });
    await expect.poll(async () => (await firstPage()).nextCursor).toBeDefined();
    const { nextCursor = '' } = await firstPage();
    const { cookie, tenantId } = attacker;
    const answer = await fetch(
      `${harness.url}/portal/${tenantId}/superoffice/deliveries?cursor=${encodeURIComponent(nextCursor)}`,
      { headers: { cookie, 'hx-request': 'true' } },
    );
    const list = await answer.text();
    expect(list).not.toContain(victimDelivery);
    expect(list).not.toContain(second);
  });
});

describe('what belongs to one tenant', () => {
  test('is sealed for it: a row under another tenant’s name opens nothing', async () => {
    const thief = await harness.connectTenant();
    await harness.database.queries.execute(
      `update connections set sealed_token = (select sealed_token from connections where tenant_id = '${victim.tenantId}'),
        customer_instance = '${victim.customerInstance}' where tenant_id = '${thief.tenantId}'`,
    );
    const before = harness.sandbox.counters(victim.customerInstance).hits;
    expect(await thief.api.test()).toMatchObject({ passed: false });
    expect(harness.sandbox.counters(victim.customerInstance).hits).toBe(before);
  });

  test('does not take what DCI signed for another', async () => {
    const secretOf = async ({ tenantId }: TestTenant) => {
      const path = `/v1/tenants/${tenantId}/hooks/dci/secrets`;
      return ((await request(harness.url, path, { method: 'POST' })).body as { secret: string }).secret;
    };
    const other = await harness.connectTenant();
    const [secret, secretOfOther] = [await secretOf(victim), await secretOf(other)];
    const body = JSON.stringify(completedEvent());
    const send = (tenantId: string, signedWith = secret) =>
      request(harness.url, `/v1/tenants/${tenantId}/hooks/dci`, {
        method: 'POST',
        body,
        token: '',
        headers: webhookHeaders(signedWith, body),
      });
    const refused = await send(other.tenantId);
    expect(refused.status).toBe(401);
    expect((await send('never-heard-of')).body).toEqual(refused.body);
    expect((await send(victim.tenantId)).status).toBe(202);
    // Temporal itself knows of none: the other's own is the first, where the list of deliveries would be behind.
    expect(await send(other.tenantId, secretOfOther)).toMatchObject({
      status: 202,
      body: { duplicate: false },
    });
  });
});
