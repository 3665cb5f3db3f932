import { EventEmitter, once } from 'node:events';
import { Agent, get } from 'node:http';
import { expect, test } from 'vitest';
import { completedEvent, webhookHeaders } from '../../sandbox/dci-event.js';
import { UnavailableError } from '../../src/domain/errors.js';
import { createConnectionStore } from '../../src/store/connections.js';
import { newConnection } from '../store/support/new-connection.js';
import { appWithoutTemporal } from '../support/app-without-temporal.js';
import { API_TOKEN } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';

const SECRET = 'the-secret-that-DCI-shows';
const authorization = `Bearer ${API_TOKEN}`;

test('while Temporal is away nothing is accepted: 503, and when to ask again', async () => {
  const { app, database } = await appWithoutTemporal();
  const base = '/v1/tenants/acme';
  const put = await app.inject({
    method: 'PUT',
    url: `${base}/connections/superoffice`,
    headers: { authorization },
    payload: { domainPrefix: 'online2', customerInstance: 'Cust12345', token: 'the-secret-key' },
  });
  expect(put.statusCode).toBe(503);
  await createConnectionStore(database.queries).save(newConnection({ tenantId: 'acme' }));
  const answer = await app.inject({
    method: 'POST',
    url: `${base}/summaries`,
    headers: { authorization },
    payload: meetingSummaries()[0] ?? {},
  });
  expect(answer.statusCode).toBe(503);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(answer.json()).toMatchObject({
    type: 'urn:dci-superoffice:problem:unavailable',
    detail: expect.stringContaining('Nothing was accepted') as string,
  });
  expect((await app.inject({ url: `${base}/deliveries`, headers: { authorization } })).statusCode).toBe(503);
  const ready = await app.inject('/readyz');
  expect(ready.statusCode).toBe(503);
  expect(ready.json()).toEqual({ temporal: 'away', database: 'up' });
});

test('while Temporal is away a resume changes nothing, as it says; a pause needs no Temporal', async () => {
  const { app, database } = await appWithoutTemporal({
    recovery: { mended: () => Promise.reject(new UnavailableError('temporal', 5)) },
  });
  const connections = createConnectionStore(database.queries);
  await connections.save(newConnection({ tenantId: 'acme' }));
  const setEnabled = async (enabled: boolean) =>
    (
      await app.inject({
        method: 'PATCH',
        url: '/v1/tenants/acme/connections/superoffice',
        headers: { authorization },
        payload: { enabled },
      })
    ).statusCode;
  // Resumed though it was not paused, it stays as it is.
  expect([await setEnabled(true), (await connections.find('acme'))?.enabled]).toEqual([503, true]);
  expect([await setEnabled(false), (await connections.find('acme'))?.enabled]).toEqual([200, false]);
  expect([await setEnabled(true), (await connections.find('acme'))?.enabled]).toEqual([503, false]);
});

test('while the database is away the answer is 503 as well', async () => {
  const { app, database } = await appWithoutTemporal();
  await database.close();
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/tenants/acme/summaries',
    headers: { authorization },
    payload: meetingSummaries()[0] ?? {},
  });
  expect(answer.statusCode).toBe(503);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect((await app.inject('/readyz')).json()).toMatchObject({ database: 'away' });
});

test('a client that asks too often is told when to come back, with or without a token; health is exempt', async () => {
  const { app } = await appWithoutTemporal({ requestsPerMinute: 3 });
  const url = '/v1/tenants/acme/connections/superoffice';
  const statuses = [];
  for (const headers of [{}, { authorization }, {}, { authorization }]) {
    statuses.push((await app.inject({ url, headers })).statusCode);
  }
  expect(statuses).toEqual([401, 404, 401, 429]);
  const refused = await app.inject({ url, headers: { authorization } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.json()).toMatchObject({
    type: 'urn:dci-superoffice:problem:too-many-requests',
    status: 429,
  });
  expect((await app.inject('/healthz')).statusCode).toBe(200);
});

test('webhooks are slowed down as well, and wait for Temporal and the database as summaries do', async () => {
  const { app, database } = await appWithoutTemporal({ requestsPerMinute: 4 });
  const base = '/v1/tenants/acme';
  await createConnectionStore(database.queries).save(newConnection({ tenantId: 'acme' }));
  await app.inject({
    method: 'POST',
    url: `${base}/hooks/dci/secrets`,
    headers: { authorization },
    payload: { secret: SECRET },
  });
  const payload = JSON.stringify(completedEvent());
  const send = () =>
    app.inject({
      method: 'POST',
      url: `${base}/hooks/dci`,
      headers: webhookHeaders(SECRET, payload),
      payload,
    });
  const away = await send();
  expect(away.statusCode).toBe(503);
  expect(Number(away.headers['retry-after'])).toBeGreaterThan(0);
  expect(away.json()).toMatchObject({ detail: expect.stringContaining('temporal') as string });
  await database.close();
  expect((await send()).json()).toMatchObject({
    status: 503,
    detail: expect.stringContaining('database') as string,
  });
  expect((await send()).statusCode).toBe(503);
  const refused = await send();
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});

test('unknown addresses count as well', async () => {
  const { app } = await appWithoutTemporal({ requestsPerMinute: 2 });
  const statuses = [];
  for (let index = 0; index < 3; index += 1) statuses.push((await app.inject(`/guess/${index}`)).statusCode);
  expect(statuses).toEqual([404, 404, 429]);
});

test('behind a proxy it is the client that is slowed down, by what the proxy says and not the client itself', async () => {
  const { app } = await appWithoutTemporal({ requestsPerMinute: 2, trustProxy: 1 });
  const ask = async (forwarded: string) =>
    (await app.inject({ url: '/v1/operations/overview', headers: { 'x-forwarded-for': forwarded } }))
      .statusCode;
  const statuses = [];
  // A client may write what it likes; a proxy appends whom it heard it from.
  for (const invented of ['192.0.2.1', '192.0.2.2', '192.0.2.3'])
    statuses.push(await ask(`${invented}, 198.51.100.7`));
  expect(statuses).toEqual([401, 401, 429]);
  expect(await ask('192.0.2.1, 198.51.100.8')).toBe(401);
});

test('what is asked for on a connection that was kept is answered while the process ends, and ends the connection', async () => {
  const course = new EventEmitter();
  const [arrived, held] = [once(course, 'arrived'), once(course, 'go on')];
  const temporal = async () => {
    course.emit('arrived');
    await held;
  };
  const { app } = await appWithoutTemporal({ checks: { temporal, database: () => Promise.resolve() } });
  const url = await app.listen({ port: 0 });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path: string) =>
    new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
      get(url + path, { agent }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve({ status: answer.statusCode, connection: answer.headers.connection }));
      }).once('error', reject);
    });
  const first = ask('/readyz');
  const second = ask('/openapi.json');
  await arrived;
  const closed = app.close();
  await expect.poll(() => fetch(url).catch(() => 'refused')).toBe('refused');
  course.emit('go on');
  expect(await first).toMatchObject({ status: 200 });
  expect(await second).toEqual({ status: 200, connection: 'close' });
  await closed;
});
