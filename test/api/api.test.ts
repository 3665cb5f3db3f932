import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Harness, startHarness } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { request, type RequestOptions } from '../support/request.js';
import { newTenantId } from '../support/tenant-api.js';

let harness: Harness;
const [summary, second, third] = meetingSummaries();

beforeAll(async () => {
  // What is mended starts again when somebody asks for it, not by a probe.
  harness = await startHarness({ RECOVERY_PROBE_INITIAL: '1h', RECOVERY_PROBE_MAXIMUM: '1h' });
  await harness.startWorker();
});
afterAll(() => harness.stop());

const call = (path: string, options?: RequestOptions) => request(harness.url, path, options);

const connection = {
  domainPrefix: 'Online2',
  customerInstance: 'cust12345',
  token: 'the-secret-key',
};

describe('authentication', () => {
  test.each([
    ['no token', { token: '' }],
    ['a wrong token', { token: 'not-the-token-of-the-tests-0123' }],
    ['another scheme', { token: '', headers: { authorization: 'Basic dGVzdHM6dGVzdHM=' } }],
  ])('%s is refused', async (_case, options) => {
    for (const path of ['/v1/tenants/acme/deliveries', '/metrics']) {
      const answer = await call(path, options);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body).toMatchObject({ type: 'urn:dci-superoffice:problem:unauthorized', status: 401 });
    }
  });

  test('health and the description of the API need none', async () => {
    expect((await call('/openapi.json', { token: '' })).status).toBe(200);
    expect(await call('/healthz', { token: '' })).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await call('/readyz', { token: '' })).toMatchObject({
      status: 200,
      body: { temporal: 'up', database: 'up' },
    });
  });
});

describe('connections', () => {
  const path = `/v1/tenants/${newTenantId()}/connections/superoffice`;

  test('are stored after shape checks, and shown without the token', async () => {
    harness.sandbox.addTenant({ customerInstance: 'Cust12345' });
    const saved = await call(path, { method: 'PUT', body: connection });
    expect(saved.status).toBe(200);
    expect(saved.body).toEqual({
      state: 'connected',
      domainPrefix: 'online2',
      customerInstance: 'Cust12345',
      includeId: 'dci-receive-summary',
      timeZone: 'Europe/Stockholm',
      signsRequests: false,
      endpoint: `online2.${harness.sandbox.domain}`,
      createdAt: expect.any(String) as string,
      updatedAt: expect.any(String) as string,
    });
    const shown = await call(path);
    expect(shown).toMatchObject({ status: 200, body: saved.body });
    expect(JSON.stringify([saved.body, shown.body])).not.toContain('the-secret-key');
  });

  test('tell that requests are signed, not with what; a connect without a secret ends it', async () => {
    const signed = { ...connection, signingSecret: 'the-signing-secret' };
    const saved = await call(path, { method: 'PUT', body: signed });
    expect(saved).toMatchObject({ status: 200, body: { signsRequests: true } });
    const shown = await call(path);
    expect(shown).toMatchObject({ status: 200, body: { signsRequests: true } });
    expect(JSON.stringify([saved.body, shown.body])).not.toContain('the-signing-secret');
    expect(await call(path, { method: 'PUT', body: connection })).toMatchObject({
      body: { signsRequests: false },
    });
  });

  test('of another tenant are not found', async () => {
    const answer = await call('/v1/tenants/stranger/connections/superoffice');
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ detail: expect.stringContaining('connect it with PUT') as string });
  });

  test('with wrong fields are refused with what to do for each, and nothing is stored', async () => {
    const answer = await call('/v1/tenants/wrong/connections/superoffice', {
      method: 'PUT',
      body: {
        domainPrefix: 'https://online2.evil.example',
        customerInstance: '12345',
        token: 'x'.repeat(256),
        timeZone: 'Mars',
      },
    });
    expect(answer.status).toBe(400);
    const { errors } = answer.body as { errors: { pointer: string; detail: string }[] };
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/customerInstance',
      '/domainPrefix',
      '/timeZone',
      '/token',
    ]);
    expect(errors.find(({ pointer }) => pointer === '/domainPrefix')?.detail).toContain('the subdomain');
    expect((await call('/v1/tenants/wrong/connections/superoffice')).status).toBe(404);
  });
});

describe('summaries', () => {
  test('are accepted once; the same again is a duplicate of the same delivery', async () => {
    const { tenantId } = await harness.connectTenant();
    const path = `/v1/tenants/${tenantId}/summaries`;
    const first = await call(path, { method: 'POST', body: summary });
    expect(first.status).toBe(202);
    expect(first.body).toMatchObject({ state: 'accepted', duplicate: false });
    const { deliveryId } = first.body as { deliveryId: string };
    expect(first.headers.get('location')).toBe(`/v1/tenants/${tenantId}/deliveries/${deliveryId}`);
    const again = await call(path, { method: 'POST', body: summary });
    expect(again).toMatchObject({ status: 200, body: { deliveryId, state: 'accepted', duplicate: true } });
  });

  test('without text are skipped', async () => {
    const { tenantId } = await harness.connectTenant();
    for (const text of [undefined, null, '', ' \n ']) {
      const body = { ...summary, summary: text };
      expect(await call(`/v1/tenants/${tenantId}/summaries`, { method: 'POST', body })).toMatchObject({
        status: 200,
        body: { state: 'skipped', reason: 'no-summary' },
      });
    }
  });

  test('of a tenant that is not connected are skipped', async () => {
    expect(await call('/v1/tenants/nobody/summaries', { method: 'POST', body: summary })).toMatchObject({
      status: 200,
      body: { state: 'skipped', reason: 'not-connected' },
    });
  });

  test.each([
    ['a time without an offset', { startsAt: '2020-09-01T10:00:00' }, '/startsAt'],
    ['an end before the start', { endsAt: '2020-09-01T10:00:00Z' }, '/endsAt'],
    ['an address that is none', { participantEmails: ['not an address'] }, '/participantEmails/0'],
    ['no meeting id', { meetingId: undefined }, '/meetingId'],
    ['a recording that is no link', { recordingUrl: 'javascript:alert(1)' }, '/recordingUrl'],
  ])('with %s are refused, by the pointer of the field', async (_case, change, pointer) => {
    const answer = await call('/v1/tenants/acme/summaries', {
      method: 'POST',
      body: { ...summary, ...change },
    });
    expect(answer.status).toBe(400);
    expect((answer.body as { errors: object[] }).errors).toEqual([
      { pointer, detail: expect.any(String) as string },
    ]);
  });

  test.each([
    ['broken JSON', '{"meetingId": ', 'application/json', 400, 'invalid-request'],
    ['another media type', 'meetingId=1', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
    ['more than 1 MB', `"${'x'.repeat(1024 * 1024)}"`, 'application/json', 413, 'body-too-large'],
  ])('%s is answered as a problem', async (_case, body, contentType, status, type) => {
    const answer = await call('/v1/tenants/acme/summaries', {
      method: 'POST',
      body,
      headers: { 'content-type': contentType },
    });
    expect(answer).toMatchObject({ status, body: { type: `urn:dci-superoffice:problem:${type}`, status } });
  });

  test('a tenant id that is none is refused', async () => {
    expect((await call('/v1/tenants/a%20b/summaries', { method: 'POST', body: summary })).status).toBe(400);
  });
});

describe('deliveries', () => {
  test('are listed page by page, by state, and for their tenant only', async () => {
    const tenant = await harness.connectTenant();
    const stranger = await harness.connectTenant();
    const ids: string[] = [];
    for (const body of [summary, second, third]) {
      const { deliveryId = '' } = await tenant.api.submit(body ?? {});
      await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
      ids.unshift(deliveryId);
    }
    const path = `/v1/tenants/${tenant.tenantId}/deliveries`;
    const list = async (query: string) => {
      const { status, body } = await call(path + query);
      expect(status).toBe(200);
      return body as { deliveries: { deliveryId: string; state: string }[]; nextCursor?: string };
    };
    // Visibility follows a little later.
    await expect.poll(async () => (await list('?state=delivered')).deliveries.length).toBe(3);
    expect((await list('')).deliveries.map(({ deliveryId }) => deliveryId)).toEqual(ids);
    expect((await list('?state=parked')).deliveries).toEqual([]);

    const firstPage = await list('?limit=2');
    expect(firstPage.deliveries.map(({ deliveryId }) => deliveryId)).toEqual(ids.slice(0, 2));
    const lastPage = await list(`?limit=2&cursor=${firstPage.nextCursor ?? ''}`);
    expect(lastPage.deliveries.map(({ deliveryId }) => deliveryId)).toEqual(ids.slice(2));

    expect((await call(`/v1/tenants/${stranger.tenantId}/deliveries`)).body).toEqual({ deliveries: [] });
    expect((await call(`/v1/tenants/${stranger.tenantId}/deliveries/${ids[0] ?? ''}`)).status).toBe(404);
  });

  test('that do not exist are not found', async () => {
    const answer = await call(`/v1/tenants/acme/deliveries/${'0'.repeat(32)}`);
    expect(answer).toMatchObject({ status: 404, body: { type: 'urn:dci-superoffice:problem:not-found' } });
  });

  test.each(['?state=lost', '?limit=0', '?limit=201', '?cursor=%22'])('%s is refused', async (query) => {
    expect((await call(`/v1/tenants/acme/deliveries${query}`)).status).toBe(400);
  });

  test('a cursor of nowhere is refused', async () => {
    expect((await call('/v1/tenants/acme/deliveries?cursor=AAAA')).status).toBe(400);
  });
});

describe('operators', () => {
  async function park(count: number) {
    const tenant = await harness.connectTenant();
    harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
    const ids: string[] = [];
    for (const body of meetingSummaries().slice(0, count)) {
      const { deliveryId = '' } = await tenant.api.submit(body);
      await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');
      ids.push(deliveryId);
    }
    return { tenant, ids, path: `/v1/tenants/${tenant.tenantId}/deliveries` };
  }
  const post = (path: string) => call(path, { method: 'POST' });

  test('retry a parked delivery, once it is mended', async () => {
    const { tenant, ids, path } = await park(1);
    const [deliveryId = ''] = ids;
    harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
    expect(await post(`${path}/${deliveryId}/retry`)).toMatchObject({ status: 202, body: { deliveryId } });
    await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
    expect(await post(`${path}/${deliveryId}/retry`)).toMatchObject({
      status: 409,
      body: {
        type: 'urn:dci-superoffice:problem:conflict',
        detail: expect.stringContaining('delivered') as string,
      },
    });
  });

  test('retry everything parked of one tenant, and of no other', async () => {
    const { tenant, ids, path } = await park(3);
    const stranger = await park(1);
    harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
    const parkedCount = async () =>
      ((await call(`${path}?state=parked`)).body as { deliveries: object[] }).deliveries.length;
    await expect.poll(parkedCount).toBe(3);
    expect(await post(`${path}/retry`)).toMatchObject({ status: 202, body: { retried: 3 } });
    for (const id of ids) await harness.until(tenant, id, ({ state }) => state === 'delivered');
    expect(await stranger.tenant.api.delivery(stranger.ids[0] ?? '')).toMatchObject({
      state: 'parked',
      attempts: 1,
    });
    await expect.poll(parkedCount).toBe(0);
    expect((await post(`${path}/retry`)).body).toEqual({ retried: 0 });
  });

  test('cancel a delivery, and can not cancel it twice', async () => {
    const { tenant, ids, path } = await park(1);
    const [deliveryId = ''] = ids;
    expect((await post(`${path}/${deliveryId}/cancel`)).status).toBe(202);
    await harness.until(tenant, deliveryId, ({ state }) => state === 'cancelled');
    expect((await post(`${path}/${deliveryId}/cancel`)).status).toBe(409);
    expect((await post(`${path}/${deliveryId}/retry`)).status).toBe(409);
  });

  test('can not reach deliveries of another tenant', async () => {
    const { ids } = await park(1);
    for (const verb of ['retry', 'cancel']) {
      expect((await post(`/v1/tenants/stranger/deliveries/${ids[0] ?? ''}/${verb}`)).status).toBe(404);
    }
  });
});

describe('what no route is for', () => {
  test('is not found, or not with this method, whether or not there is a token', async () => {
    for (const token of ['', undefined]) {
      const options = token === undefined ? {} : { token };
      expect(await call('/v2/nothing', { method: 'POST', body: 'no JSON', ...options })).toMatchObject({
        status: 404,
        body: { title: 'Not found', status: 404 },
      });
      const path = '/v1/tenants/acme/connections/superoffice';
      const answer = await call(path, { method: 'POST', body: 'no JSON', ...options });
      expect(answer).toMatchObject({
        status: 405,
        body: { type: 'urn:dci-superoffice:problem:method-not-allowed', status: 405 },
      });
      expect(answer.headers.get('allow')?.split(', ').sort()).toEqual([
        'DELETE',
        'GET',
        'HEAD',
        'PATCH',
        'PUT',
      ]);
    }
  });

  test.each([
    ['an id that is longer than any', `/v1/tenants/${'x'.repeat(5_000)}/deliveries`],
    ['an address that is not decodable', '/v1/tenants/%E0%A4%A/deliveries'],
  ])('%s is refused as a problem', async (_case, path) => {
    const answer = await call(path);
    expect(answer).toMatchObject({
      status: 400,
      body: { type: 'urn:dci-superoffice:problem:invalid-request' },
    });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});
