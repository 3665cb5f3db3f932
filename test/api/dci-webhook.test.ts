import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completedEvent, webhookHeaders } from '../../sandbox/dci-event.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { request } from '../support/request.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
  await harness.startWorker();
});
afterAll(() => harness.stop());

const hookPath = (tenantId: string) => `/v1/tenants/${tenantId}/hooks/dci`;
const newTenantId = () => `t-${randomBytes(6).toString('hex')}`;

/** Adds a secret: the one that was made, or is given. */
async function addSecret(tenantId: string, body?: { secret: string }): Promise<string> {
  const answer = await request(harness.url, `${hookPath(tenantId)}/secrets`, { method: 'POST', body });
  expect(answer.status).toBe(201);
  return (answer.body as { secret: string }).secret;
}

async function tenantWithSecret(): Promise<{ tenant: TestTenant; secret: string }> {
  const tenant = await harness.connectTenant();
  return { tenant, secret: await addSecret(tenant.tenantId) };
}

interface WebhookOptions {
  at?: Date;
  headers?: Record<string, string>;
}

/** Sends a webhook as DCI does, without a bearer token. */
function send(tenantId: string, secret: string, body: unknown, { at, headers }: WebhookOptions = {}) {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  return request(harness.url, hookPath(tenantId), {
    method: 'POST',
    body: raw,
    token: '',
    headers: { ...webhookHeaders(secret, raw, at && { at }), ...headers },
  });
}

/** What of an answer somebody who guesses can compare. */
const seen = ({ status, headers, body }: Awaited<ReturnType<typeof send>>) => ({
  status,
  body,
  headers: [...headers].filter(([name]) => !/^(date|x-ratelimit-)/.test(name)),
});

const MINUTE_MS = 60_000;

describe('a webhook', () => {
  test('that is signed well is delivered like a summary that is handed in', async () => {
    const { tenant, secret } = await tenantWithSecret();
    const event = completedEvent({
      title: 'Kick-off',
      participants: [{ email: 'asa.akerlund@akerlunds.example' }],
    });
    const answer = await send(tenant.tenantId, secret, event);
    expect(answer).toMatchObject({ status: 202, body: { state: 'accepted', duplicate: false } });
    const { deliveryId } = answer.body as { deliveryId: string };
    expect(answer.headers.get('location')).toBe(`/v1/tenants/${tenant.tenantId}/deliveries/${deliveryId}`);

    const delivery = await harness.until(tenant, deliveryId, ({ state }) => state !== 'delivering');
    expect(delivery).toMatchObject({ state: 'delivered', result: 'created' });
    expect(harness.sandbox.records(tenant.customerInstance)).toMatchObject([
      {
        deliveryId,
        meetingId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
        title: 'Kick-off',
        startLocal: '2026-02-07 10:00:00',
        endLocal: '2026-02-07 10:30:00',
        recordingUrl: '',
      },
    ]);
  });

  test('without user and title is delivered, too', async () => {
    const { tenant, secret } = await tenantWithSecret();
    const participants = [{ name: 'Jane' }, { email: 'asa.akerlund@akerlunds.example' }];
    const event = completedEvent({ title: null, user: null, participants });
    const { deliveryId } = (await send(tenant.tenantId, secret, event)).body as { deliveryId: string };
    await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
    expect(harness.sandbox.records(tenant.customerInstance)).toMatchObject([{ title: 'Acme' }]);
  });

  test('is answered without waiting for SuperOffice, which hangs', async () => {
    const { tenant, secret } = await tenantWithSecret();
    harness.sandbox.addFaults(tenant.customerInstance, { type: 'hang' });
    const answer = await send(tenant.tenantId, secret, completedEvent());
    expect(answer).toMatchObject({ status: 202, body: { state: 'accepted' } });
    await expect.poll(() => harness.sandbox.counters(tenant.customerInstance).hits).toBeGreaterThan(0);
    const { deliveryId } = answer.body as { deliveryId: string };
    expect(await tenant.api.delivery(deliveryId)).toMatchObject({ state: 'delivering' });
    await tenant.api.cancel(deliveryId);
  });

  test('that comes again, soon, late or with another time, starts nothing new', async () => {
    const { tenant, secret } = await tenantWithSecret();
    const event = completedEvent({ participants: [{ email: 'asa.akerlund@akerlunds.example' }] });
    const first = await send(tenant.tenantId, secret, event);
    const { deliveryId } = first.body as { deliveryId: string };
    const duplicate = { status: 200, body: { deliveryId, state: 'accepted', duplicate: true } };
    expect(await send(tenant.tenantId, secret, event)).toMatchObject(duplicate);
    await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
    const later = completedEvent(event.data.conversation, { timestamp: '2026-02-09T00:00:00.000Z' });
    expect(await send(tenant.tenantId, secret, event)).toMatchObject(duplicate);
    expect(await send(tenant.tenantId, secret, later)).toMatchObject(duplicate);
    expect(harness.sandbox.records(tenant.customerInstance)).toHaveLength(1);
    expect(harness.sandbox.counters(tenant.customerInstance).hits).toBe(1);
  });

  test('that comes again does not bring back what a person cancelled', async () => {
    const { tenant, secret } = await tenantWithSecret();
    harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
    const { deliveryId } = (await send(tenant.tenantId, secret, completedEvent())).body as {
      deliveryId: string;
    };
    await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');
    const path = `/v1/tenants/${tenant.tenantId}/deliveries/${deliveryId}/cancel`;
    expect((await request(harness.url, path, { method: 'POST' })).status).toBe(202);
    await harness.until(tenant, deliveryId, ({ state }) => state === 'cancelled');
    expect(await send(tenant.tenantId, secret, completedEvent())).toMatchObject({
      status: 200,
      body: { deliveryId, duplicate: true },
    });
    expect(await tenant.api.delivery(deliveryId)).toMatchObject({ state: 'cancelled' });
  });

  test('without a summary, or of a tenant that is not connected, is skipped', async () => {
    const { tenant, secret } = await tenantWithSecret();
    expect(await send(tenant.tenantId, secret, completedEvent({ summary: null }))).toMatchObject({
      status: 200,
      body: { state: 'skipped', reason: 'no-summary' },
    });
    const unconnected = newTenantId();
    const another = await addSecret(unconnected);
    expect(await send(unconnected, another, completedEvent())).toMatchObject({
      status: 200,
      body: { state: 'skipped', reason: 'not-connected' },
    });
  });

  test('of another event is ignored, and its name logged where it is one', async () => {
    const { tenant, secret } = await tenantWithSecret();
    const logged = harness.logs.length;
    const ignored = { status: 202, body: { state: 'ignored' } };
    expect(await send(tenant.tenantId, secret, { event: 'conversation.created' })).toMatchObject(ignored);
    const odd = { event: `zq7\n{"level":60}`, data: 7 };
    expect(await send(tenant.tenantId, secret, odd)).toMatchObject(ignored);
    const lines = harness.logs.slice(logged).filter((line) => line.includes('webhook event ignored'));
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      'conversation.created',
      'unreadable',
    ]);
    expect(harness.logs.join()).not.toContain('zq7');
  });

  test('that is signed, but not as documented, is refused by the field', async () => {
    const { tenant, secret } = await tenantWithSecret();
    const refusal = async (body: unknown) => {
      const answer = await send(tenant.tenantId, secret, body);
      const { errors } = answer.body as { errors: { pointer: string }[] };
      return [answer.status, errors.map(({ pointer }) => pointer)];
    };
    expect(await refusal('{"event": ')).toEqual([400, ['']]);
    expect(await refusal('')).toEqual([400, ['']]);
    expect(await refusal([])).toEqual([400, ['/']]);
    expect(await refusal({ data: {} })).toEqual([400, ['/event']]);
    expect(await refusal(completedEvent({}, { data: {} }))).toEqual([400, ['/data/conversation']]);
    expect(await refusal(completedEvent({ id: null }))).toEqual([400, ['/data/conversation/id']]);
  });
});

describe('a webhook that is not surely of DCI is refused, and nobody learns why', () => {
  test('forged, stale, unsigned, of a tenant without a secret or of none: all look the same', async () => {
    const { tenant, secret } = await tenantWithSecret();
    const { tenantId } = tenant;
    const bare = await harness.connectTenant();
    const event = completedEvent();
    const old = new Date(Date.now() - 6 * MINUTE_MS);
    const ahead = new Date(Date.now() + 6 * MINUTE_MS);
    const answers = {
      'another secret': await send(tenantId, 'not-the-secret-of-the-tenant', event),
      'another body': await send(tenantId, secret, event, {
        headers: { 'x-webhook-signature': webhookHeaders(secret, '{}')['x-webhook-signature'] ?? '' },
      }),
      'no signature': await send(tenantId, secret, event, { headers: { 'x-webhook-signature': '' } }),
      'no time': await send(tenantId, secret, event, { headers: { 'x-webhook-timestamp': '' } }),
      stale: await send(tenantId, secret, event, { at: old }),
      'of the future': await send(tenantId, secret, event, { at: ahead }),
      'not JSON, and forged': await send(tenantId, 'not-the-secret-of-the-tenant', '{"event": '),
      'no secret': await send(bare.tenantId, secret, event),
      'no tenant': await send(newTenantId(), secret, event),
      'no tenant id': await send('a%20b', secret, event),
    };
    const [first, ...others] = Object.entries(answers).map(([, answer]) => seen(answer));
    expect(first).toMatchObject({
      status: 401,
      body: { type: 'urn:dci-superoffice:problem:unverified-webhook', status: 401 },
    });
    for (const other of others) expect(other).toEqual(first);
    const reasons = harness.logs
      .filter((line) => line.includes('webhook refused'))
      .map((line) => (JSON.parse(line) as { reason: string }).reason);
    expect(new Set(reasons)).toEqual(new Set(['bad-signature', 'stale', 'not-set-up']));
    expect(harness.sandbox.counters(tenant.customerInstance).hits).toBe(0);
  });

  test('a time in milliseconds is understood', async () => {
    const { tenant, secret } = await tenantWithSecret();
    const headers = { 'x-webhook-timestamp': String(Date.now()) };
    expect((await send(tenant.tenantId, secret, completedEvent(), { headers })).status).toBe(202);
  });

  test('a bearer token does not stand in for a signature', async () => {
    const { tenant } = await tenantWithSecret();
    const body = completedEvent();
    expect(await request(harness.url, hookPath(tenant.tenantId), { method: 'POST', body })).toMatchObject({
      status: 401,
      body: { title: 'The webhook is not signed as it must be' },
    });
  });

  test('too large, or of another media type: refused before anything is looked at', async () => {
    const { tenant, secret } = await tenantWithSecret();
    for (const tenantId of [tenant.tenantId, newTenantId()]) {
      const large = await send(tenantId, secret, completedEvent({ summary: 'x'.repeat(1024 * 1024) }));
      expect(large).toMatchObject({ status: 413, body: { title: 'The body is too large' } });
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
        const answer = await send(tenantId, secret, completedEvent(), { headers: { 'content-type': type } });
        expect(answer).toMatchObject({ status: 415, body: { title: 'The body must be JSON' } });
      }
    }
  });
});

describe('secrets', () => {
  test('are shown once, and rotate without a gap', async () => {
    const tenant = await harness.connectTenant();
    const { tenantId } = tenant;
    const view = () => request(harness.url, hookPath(tenantId));
    expect((await view()).status).toBe(404);
    const first = await addSecret(tenantId);
    expect(first.length).toBeGreaterThanOrEqual(43);
    expect((await view()).body).toEqual({
      secrets: 1,
      hasApiToken: false,
      updatedAt: expect.any(String) as string,
    });

    const second = await addSecret(tenantId, { secret: 'the-secret-that-DCI-shows' });
    expect(second).toBe('the-secret-that-DCI-shows');
    expect((await send(tenantId, first, completedEvent({ id: 'one' }))).status).toBe(202);
    expect((await send(tenantId, second, completedEvent({ id: 'two' }))).status).toBe(202);

    // The same again changes nothing; a third has to wait.
    expect(await addSecret(tenantId, { secret: second })).toBe(second);
    const third = await request(harness.url, `${hookPath(tenantId)}/secrets`, { method: 'POST', body: {} });
    expect(third).toMatchObject({ status: 409, body: { type: 'urn:dci-superoffice:problem:conflict' } });
    expect((await send(tenantId, first, completedEvent({ id: 'three' }))).status).toBe(202);

    const end = () => request(harness.url, `${hookPath(tenantId)}/secrets/previous`, { method: 'DELETE' });
    expect(await end()).toMatchObject({ status: 200, body: { secrets: 1 } });
    expect((await end()).status).toBe(404);
    expect((await send(tenantId, first, completedEvent({ id: 'four' }))).status).toBe(401);
    expect((await send(tenantId, second, completedEvent({ id: 'four' }))).status).toBe(202);
    expect(JSON.stringify((await view()).body)).not.toContain(second);
  });

  test('the answer with a secret is not to be stored', async () => {
    const path = `${hookPath(newTenantId())}/secrets`;
    const answer = await request(harness.url, path, { method: 'POST' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('that are short are refused, without a quote', async () => {
    const body = { secret: 'zq7-short' };
    const answer = await request(harness.url, `${hookPath(newTenantId())}/secrets`, { method: 'POST', body });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/secret' }] } });
    expect(JSON.stringify(answer.body)).not.toContain('zq7');
  });

  test('one that can no longer be opened is as good as none', async () => {
    const { tenant, secret } = await tenantWithSecret();
    const other = newTenantId();
    // What was sealed for one tenant does not open for another.
    await harness.database.queries.execute(
      `update dci_hooks set tenant_id = '${other}' where tenant_id = '${tenant.tenantId}'`,
    );
    expect((await send(other, secret, completedEvent())).status).toBe(401);
    expect(harness.logs.join()).toContain('secret-unreadable');
  });

  test("DCI's API token is set and forgotten, and needs to be one", async () => {
    const tenantId = newTenantId();
    const put = (apiToken: unknown) =>
      request(harness.url, hookPath(tenantId), { method: 'PUT', body: { apiToken } });
    expect(await put('mt_0123456789')).toMatchObject({
      status: 200,
      body: { hasApiToken: true, secrets: 0 },
    });
    expect(await put(null)).toMatchObject({ status: 200, body: { hasApiToken: false } });
    for (const wrong of ['', 'two words', 'mt_\r\nx', 'mt_å', 7, undefined]) {
      expect((await put(wrong)).status).toBe(400);
    }
  });

  test('and tokens need a bearer token', async () => {
    const path = hookPath(newTenantId());
    for (const [method, at] of [
      ['GET', path],
      ['PUT', path],
      ['POST', `${path}/secrets`],
      ['DELETE', `${path}/secrets/previous`],
    ] as const) {
      expect(await request(harness.url, at, { method, token: '' })).toMatchObject({
        status: 401,
        body: { type: 'urn:dci-superoffice:problem:unauthorized' },
      });
    }
  });
});

test('the OpenAPI document names every answer, and that the webhook needs no bearer token', async () => {
  const { body } = await request(harness.url, '/openapi.json');
  const { paths } = body as {
    paths: Record<string, Record<string, { responses: object; security?: object[]; requestBody?: object }>>;
  };
  const statuses = (path: string, method: string) => Object.keys(paths[path]?.[method]?.responses ?? {});
  const path = '/v1/tenants/{tenantId}/hooks/dci';
  expect(paths[path]?.post?.security).toEqual([]);
  expect(paths[path]?.post).toHaveProperty('requestBody');
  expect(statuses(path, 'post')).toEqual(['200', '202', '400', '401', '413', '415', '429', '500', '503']);
  expect(statuses(path, 'get')).toEqual(['200', '400', '401', '404', '429', '500', '503']);
  expect(statuses(path, 'put')).toEqual(['200', '400', '401', '413', '415', '429', '500', '503']);
  expect(statuses(`${path}/secrets`, 'post')).toEqual([
    '201',
    '400',
    '401',
    '409',
    '413',
    '415',
    '429',
    '500',
    '503',
  ]);
  expect(statuses(`${path}/secrets/previous`, 'delete')).toEqual([
    '200',
    '400',
    '401',
    '404',
    '413',
    '415',
    '429',
    '500',
    '503',
  ]);
});
