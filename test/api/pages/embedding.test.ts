import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { openLink, portalLink } from '../../support/portal.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({
    PUBLIC_URL: 'https://superoffice.example.com',
    PORTAL_EMBED_ORIGINS: 'https://app.example.com, https://test.example.com',
  });
});
afterAll(() => harness.stop());

test('links lead to the public address of the service', async () => {
  const link = await portalLink(harness.url, 'acme');
  expect(link).toMatch(/^https:\/\/superoffice\.example\.com\/portal\/open\?ticket=eyJ/);
});

test('where a page may be framed, its cookie comes along into the frame, and only those frame it that may', async () => {
  const link = new URL(await portalLink(harness.url, 'acme'));
  const { setCookie, cookie, location } = await openLink(harness.url + link.pathname + link.search);
  expect(setCookie).toMatch(/HttpOnly; Secure; Partitioned; SameSite=None$/);
  const { headers } = await fetch(harness.url + location, { headers: { cookie } });
  expect(headers.get('content-security-policy')).toContain(
    'frame-ancestors https://app.example.com https://test.example.com',
  );
  expect(headers.get('x-frame-options')).toBeNull();
});
