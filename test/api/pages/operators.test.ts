import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_TOKEN, type Harness, startHarness } from '../../support/harness.js';
import { openLink, portalLink } from '../../support/portal.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ PORTAL_EMBED_ORIGINS: 'https://dci.example.com' });
});
afterAll(() => harness.stop());

/** What a browser would ask, without following where it is sent. */
function visit(path: string, { form, ...headers }: Record<string, string> & { form?: string } = {}) {
  return fetch(harness.url + path, {
    redirect: 'manual',
    headers: {
      'sec-fetch-site': 'same-origin',
      ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    ...(form !== undefined && { method: 'POST', body: form }),
  });
}

const signIn = (token: string) =>
  visit('/operators/sign-in', { form: new URLSearchParams({ token }).toString() });

async function signedIn(): Promise<{ cookie: string; csrfToken: string }> {
  const cookie = (await signIn(API_TOKEN)).headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await (await visit('/operators', { cookie })).text();
  return { cookie, csrfToken: /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '' };
}

describe('the operators’ view', () => {
  test('sends whoever is not signed in to the sign-in, also from a page that stayed open', async () => {
    const answer = await visit('/operators');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/operators/sign-in');
    const fragment = await visit('/operators/overview', { 'hx-request': 'true' });
    expect(fragment.status).toBe(204);
    expect(fragment.headers.get('hx-redirect')).toBe('/operators/sign-in');
  });

  test('opens with a token of the API; its cookie is read by no script and sent by no other site', async () => {
    const answer = await signIn(API_TOKEN);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/operators');
    expect(answer.headers.get('set-cookie')).toMatch(/^staff_session=.*; Path=\/; .*HttpOnly; SameSite=Lax$/);
    expect(answer.headers.get('set-cookie')).not.toContain(API_TOKEN);
    const { cookie } = await signedIn();
    expect((await visit('/operators', { cookie })).status).toBe(200);
  });

  test('is in English, and says so to a browser that prefers another language', async () => {
    const { cookie } = await signedIn();
    const page = await (await visit('/operators', { cookie, 'accept-language': 'sv' })).text();
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('Skip to the content');
  });

  test('refuses another token, and does not show it again', async () => {
    const answer = await signIn('not-the-token-of-the-tests-0123');
    expect(answer.status).toBe(401);
    const page = await answer.text();
    expect(page).toContain('This is no token of the service.');
    expect(page).not.toContain('not-the-token');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('is shown in no frame, wherever the settings pages may be', async () => {
    const { headers } = await visit('/operators/sign-in');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test('changes nothing for a form of another session, or of another site', async () => {
    const { cookie, csrfToken } = await signedIn();
    const retry = '/operators/tenants/acme/retry';
    const form = (token: string) => new URLSearchParams({ _csrf: token }).toString();
    expect((await visit(retry, { cookie, form: form(csrfToken) })).status).toBe(303);
    expect((await visit(retry, { cookie, form: form('another') })).status).toBe(403);
    const foreign = { cookie, form: form(csrfToken), 'sec-fetch-site': 'same-site' };
    expect((await visit(retry, foreign)).status).toBe(403);
  });

  test('leads to the page of any tenant, by a link in the name of who is signed in', async () => {
    const { cookie, csrfToken } = await signedIn();
    const form = new URLSearchParams({ _csrf: csrfToken, tenantId: 'acme' }).toString();
    const answer = await visit('/operators/settings', { cookie, form });
    expect(answer.status).toBe(303);
    const opened = await openLink(harness.url + (answer.headers.get('location') ?? ''));
    expect(opened.location).toBe('/portal/acme/superoffice');
    expect(harness.logs.join('')).toMatch(/"tenantId":"acme","actor":"tests".*settings page opened/);
  });

  test('closes by signing out', async () => {
    const { cookie, csrfToken } = await signedIn();
    const form = new URLSearchParams({ _csrf: csrfToken }).toString();
    const answer = await visit('/operators/sign-out', { cookie, form });
    expect(answer.headers.get('set-cookie')).toMatch(/^staff_session=; .*Path=\/; Expires=Thu, 01 Jan 1970/);
  });

  test('does not let in admins of tenants', async () => {
    const { cookie } = await openLink(await portalLink(harness.url, 'acme'));
    const answer = await visit('/operators', { cookie });
    expect(answer.headers.get('location')).toBe('/operators/sign-in');
  });
});

describe('the codec endpoint', () => {
  const decode = (cookie: string) =>
    fetch(`${harness.url}/codec/decode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ payloads: [] }),
    });

  test('reads for those who are signed in, and not for admins of tenants', async () => {
    expect((await decode((await signedIn()).cookie)).status).toBe(200);
    const { cookie } = await openLink(await portalLink(harness.url, 'acme'));
    expect((await decode(cookie)).status).toBe(401);
    expect((await decode(cookie.replace(/^tenant_session/, 'staff_session'))).status).toBe(401);
  });
});

test('whoever tries tokens is slowed down', async () => {
  const statuses = [];
  for (let attempt = 0; attempt < 11; attempt += 1) statuses.push((await signIn(`guess-${attempt}`)).status);
  expect(statuses.at(-1)).toBe(429);
});
