import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deriveKeyRing } from '../../../src/domain/key-ring.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { openLink, portalLink } from '../../support/portal.js';
import { request } from '../../support/request.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
  await harness.startWorker();
});
afterAll(() => harness.stop());

const settingsOf = (tenantId: string) => `${harness.url}/portal/${tenantId}/superoffice`;

async function get(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers, redirect: 'manual' });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

describe('a portal link', () => {
  test('opens the settings page of its tenant, under an address without the ticket', async () => {
    const { status, cookie, location, setCookie } = await openLink(await portalLink(harness.url, 'acme'));
    expect(status).toBe(303);
    expect(location).toBe('/portal/acme/superoffice');
    expect(setCookie).toMatch(/; Path=\/portal\/acme;.*HttpOnly; SameSite=Lax$/);
    const page = await get(harness.url + location, { cookie });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.body).toContain('Not connected');
  });

  test('is only made for callers of the API', async () => {
    const answer = await request(harness.url, '/v1/tenants/acme/portal-links', { method: 'POST', token: '' });
    expect(answer.status).toBe(401);
  });

  test('takes ids of people, not their addresses', async () => {
    const answer = await request(harness.url, '/v1/tenants/acme/portal-links', {
      method: 'POST',
      body: { actor: 'sara.holm@example.com' },
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/actor' }] } });
  });

  test('tells until when it can be opened', async () => {
    const { body } = await request(harness.url, '/v1/tenants/acme/portal-links', { method: 'POST' });
    const { expiresAt } = body as { expiresAt: string };
    const leftMs = Date.parse(expiresAt) - Date.now();
    expect(leftMs).toBeGreaterThan(4 * 60_000);
    expect(leftMs).toBeLessThanOrEqual(5 * 60_000);
  });

  test('never reaches a log with its ticket', async () => {
    const link = await portalLink(harness.url, 'acme', { actor: 'user-17' });
    const ticket = new URL(link).searchParams.get('ticket') ?? '';
    await openLink(link);
    const logs = harness.logs.join('\n');
    expect(logs).toContain('"actor":"user-17"');
    expect(ticket.length).toBeGreaterThan(100);
    expect(logs).not.toContain(ticket.split('.')[2]);
  });

  test.each([
    ['no ticket', () => Promise.resolve('')],
    ['a ticket that was altered', async () => (await ticketOf('acme')).replace(/.{4}$/, 'AAAA')],
    ['a ticket of another key', () => forgedTicket({ expiresIn: '5m', purpose: 'page-session' })],
    ['a ticket that is over', () => forgedTicket({ expiresIn: '-1s', purpose: 'portal-ticket' })],
    ['a session in place of a ticket', async () => (await sessionOf('acme')).split('=')[1] ?? ''],
  ])('is refused with %s', async (_case, ticket) => {
    const answer = await get(`${harness.url}/portal/open?ticket=${await ticket()}`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.body).toContain('Open it again from where you came');
  });

  test('that is in time is good, signed as the forged ones were', async () => {
    const ticket = await forgedTicket({ expiresIn: '5m', purpose: 'portal-ticket' });
    expect((await get(`${harness.url}/portal/open?ticket=${ticket}`)).status).toBe(303);
  });
});

describe('a session', () => {
  test('is needed', async () => {
    const answer = await get(settingsOf('acme'));
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('This page has been closed');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test('opens no other tenant: its page does not exist, connected or not', async () => {
    const connected = await harness.connectTenant();
    const cookie = await sessionOf('acme');
    const answers = await Promise.all(
      [connected.tenantId, 'never-heard-of'].map((id) => get(settingsOf(id), { cookie })),
    );
    const nothing = await get(`${harness.url}/portal/acme/nothing-here`, { cookie });
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(answer.body.replaceAll(/"\/portal\/[^"]*"/g, '')).toBe(
        nothing.body.replaceAll(/"\/portal\/[^"]*"/g, ''),
      );
    }
  });

  test('signed for another purpose, or by another key, is none', async () => {
    for (const forged of [await ticketOf('acme'), 'nonsense', `${await ticketOf('acme')}x`]) {
      expect((await get(settingsOf('acme'), { cookie: `tenant_session=${forged}` })).status).toBe(401);
    }
  });
});

describe('every page', () => {
  test('loads nothing from elsewhere, runs nothing inline, and is framed by nobody', async () => {
    const { headers } = await get(settingsOf('acme'), { cookie: await sessionOf('acme') });
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';" +
        "form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  test.each([
    ['of the browser', { 'accept-language': 'fi, nn;q=0.7, en;q=0.3' }, '', 'nb'],
    ['that was chosen', { 'accept-language': 'nb' }, '?lang=sv', 'sv'],
    ['that nobody speaks: English', { 'accept-language': 'fi, de;q=0.9, sv;q=0' }, '', 'en'],
  ])('speaks the language %s', async (_case, headers, query, language) => {
    const { body } = await get(settingsOf('acme') + query, { ...headers, cookie: await sessionOf('acme') });
    expect(body).toContain(`<html lang="${language}">`);
  });

  test('speaks the language of the link, unless another was chosen before', async () => {
    const { cookie } = await openLink(await portalLink(harness.url, 'acme', { language: 'sv' }));
    const languageOf = async (headers: Record<string, string>) =>
      /<html lang="(\w+)">/.exec((await get(settingsOf('acme'), headers)).body)?.[1];
    expect(await languageOf({ cookie, 'accept-language': 'nb' })).toBe('sv');
    expect(await languageOf({ cookie: `${cookie}; lang=nb` })).toBe('nb');
  });

  test('keeps the language that was chosen', async () => {
    const { headers } = await get(`${settingsOf('acme')}?lang=nb`, { cookie: await sessionOf('acme') });
    expect(headers.get('set-cookie')).toMatch(/^lang=nb; .*Path=\//);
  });
});

describe('the files of a page', () => {
  test('are named by their content, and may be kept for ever', async () => {
    const { body } = await get(settingsOf('acme'), { cookie: await sessionOf('acme') });
    const files = [...body.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files.map((path) => path.replace(/\.[0-9a-f]{12}\./, '.'))).toEqual([
      '/assets/icon.svg',
      '/assets/page.css',
      '/assets/htmx.js',
      '/assets/page.js',
    ]);
    for (const path of files) {
      const file = await get(harness.url + path);
      expect(file.status).toBe(200);
      expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(file.body.length).toBeGreaterThan(100);
    }
    expect((await get(`${harness.url}/assets/page.000000000000.css`)).status).toBe(404);
  });
});

async function sessionOf(tenantId: string): Promise<string> {
  return (await openLink(await portalLink(harness.url, tenantId))).cookie;
}

async function ticketOf(tenantId: string): Promise<string> {
  return new URL(await portalLink(harness.url, tenantId)).searchParams.get('ticket') ?? '';
}

function forgedTicket({ expiresIn, purpose }: { expiresIn: string; purpose: string }): Promise<string> {
  const { newest } = deriveKeyRing(harness.config.sealingKeys, `dci-superoffice/${purpose}`);
  return new SignJWT({ tenantId: 'acme', readOnly: false })
    .setProtectedHeader({ alg: 'HS256', kid: newest.id })
    .setExpirationTime(expiresIn)
    .sign(newest.key);
}
