import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Harness, startHarness } from '../support/harness.js';
import { request } from '../support/request.js';
import { addressOf, type Route, withRoutes } from './support/routes.js';

const DELIVERY_ID = '0'.repeat(32);

/** What strangers may ask for: it tells of no tenant, or checks who asks by other means than a token. */
const openToAll: Record<string, 'public' | 'by a signature' | 'by a ticket' | 'by a sign-in' | 'preflight'> =
  {
    'GET /healthz': 'public',
    'GET /readyz': 'public',
    'GET /openapi.json': 'public',
    'GET /docs': 'public',
    'GET /docs/': 'public',
    'GET /docs/js/scalar.js': 'public',
    'GET /assets/:path': 'public',
    'GET /operators/sign-in': 'public',
    'POST /operators/sign-in': 'by a sign-in',
    'GET /portal/open': 'by a ticket',
    'POST /v1/tenants/:tenantId/hooks/dci': 'by a signature',
    // CORS: a browser asks without credentials, and is told which origin may call.
    'OPTIONS /codec*': 'preflight',
  };

let harness: Harness;
let routes: Route[];
beforeAll(async () => {
  ({ started: harness, routes } = await withRoutes(() => startHarness()));
});
afterAll(() => harness.stop());

const nameOf = ({ method, url }: Route) => `${method === 'HEAD' ? 'GET' : method} ${url}`;
const guarded = () => routes.filter((route) => openToAll[nameOf(route)] === undefined);

/** A call of a route that is right in all but who makes it. */
function call(route: Route, headers: Record<string, string>) {
  return fetch(harness.url + addressOf(route, { tenantId: 'acme', deliveryId: DELIVERY_ID }), {
    method: route.method,
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
    redirect: 'manual',
  });
}

describe('every route', () => {
  const strangers: [string, Record<string, string>][] = [
    ['without a token', {}],
    ['with an empty token', { authorization: 'Bearer ' }],
    ['with another token', { authorization: 'Bearer not-the-token-of-the-tests-0123' }],
    ['with a part of the token', { authorization: 'Bearer a-token-of-the-tests-012345678' }],
    ['with the token as a password', { authorization: 'Basic YS10b2tlbi1vZi10aGUtdGVzdHMtMDEyMzQ1Njc4OQ==' }],
    ['with cookies that nobody signed', { cookie: 'staff_session=x.y.z; tenant_session=x.y.z' }],
  ];

  test.each(strangers)('refuses whoever comes %s, by what it is', async (_who, headers) => {
    expect(guarded().length).toBeGreaterThan(50);
    for (const route of guarded()) {
      const answer = await call(route, headers);
      // A browser is led to where one signs in; programs, and pages of a link that is over, are refused.
      const expected = route.url.startsWith('/operators')
        ? { status: 303, location: '/operators/sign-in' }
        : { status: 401, location: null };
      const { status } = answer;
      expect({ route, status, location: answer.headers.get('location') }).toEqual({ route, ...expected });
    }
  });

  test('that is open to all is known, and there is no other', () => {
    const all = new Set(routes.map(nameOf));
    expect(Object.keys(openToAll).filter((name) => !all.has(name))).toEqual([]);
  });

  test('that the API’s document shows without a token is open to all, and no other is', async () => {
    const { body } = await request(harness.url, '/openapi.json', { token: '' });
    const { paths } = body as { paths: Record<string, Record<string, { security?: object[] }>> };
    const shown = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) => {
        const name = `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`;
        return { name, isOpen: security?.length === 0 };
      }),
    );
    expect(shown.length).toBeGreaterThan(20);
    for (const { name, isOpen } of shown) {
      expect({ name, isOpen }).toEqual({ name, isOpen: openToAll[name] !== undefined });
    }
  });
});
