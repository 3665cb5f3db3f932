import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { completedEvent, webhookHeaders } from '../../sandbox/dci-event.js';
import { createApp } from '../../src/api/app.js';
import { parseApiTokens } from '../../src/domain/api-token.js';
import { UnavailableError } from '../../src/domain/errors.js';
import { generateKey, parseKeyRing } from '../../src/domain/key-ring.js';
import { createMetrics } from '../../src/service/metrics.js';
import { createConnectionStore } from '../../src/store/connections.js';
import { createDciHookStore } from '../../src/store/dci-hooks.js';
import { type Database, openEmbeddedPostgres } from '../../src/store/database.js';
import { createSealing } from '../../src/store/sealing.js';
import { createPayloadCodec } from '../../src/temporal/codec.js';
import { createLazyClient, localTarget, pingTemporal } from '../../src/temporal/connection.js';
import { createDataConverter } from '../../src/temporal/data-converter.js';
import { createConnectionChanges } from '../../src/temporal/connection-changes.js';
import { createDeliveries } from '../../src/temporal/deliveries.js';
import { freePort } from '../../src/temporal/dev-server/free-port.js';
import { newConnection } from '../store/support/new-connection.js';
import { meetingSummaries } from '../support/meetings.js';

const TOKEN = 'a-token-of-the-tests-0123456789';
const SECRET = 'the-secret-that-DCI-shows';
const authorization = `Bearer ${TOKEN}`;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** An API whose Temporal server is not there. */
async function startApp({ requestsPerMinute = 1_000 } = {}): Promise<{
  app: Awaited<ReturnType<typeof createApp>>;
  database: Database;
}> {
  const database = await openEmbeddedPostgres(undefined);
  const keys = parseKeyRing(generateKey('test'));
  const client = createLazyClient(
    localTarget(`127.0.0.1:${await freePort('127.0.0.1')}`),
    createDataConverter(keys),
  );
  const app = await createApp({
    tokens: parseApiTokens(`tests:${TOKEN}`),
    requestsPerMinute,
    trustProxy: false,
    pages: { publicUrl: undefined, embedOrigins: [], linkValidMs: 1_000, sessionMs: 1_000 },
    sealingKeys: keys,
    logger: pino({ level: 'silent' }),
    metrics: createMetrics({ enabled: false, maximumTenants: 1 }),
    connections: createConnectionStore(database.queries),
    dciHooks: createDciHookStore(database.queries),
    webhooks: { toleranceMs: 300_000, recordingWindowMs: undefined },
    sealing: createSealing(keys),
    deliveries: createDeliveries(client, 'nowhere'),
    recovery: { mended: () => Promise.resolve() },
    superOfficeDomain: 'superoffice.com',
    operations: {
      overview: () => Promise.reject(new UnavailableError('temporal', 5)),
      retryAllParkedBy: () => Promise.reject(new UnavailableError('temporal', 5)),
    },
    codec: createPayloadCodec(keys),
    namespace: 'default',
    temporalUi: undefined,
    connectionChanges: createConnectionChanges(client, 'nowhere', { attemptMs: 1_000, heartbeatMs: 1_000 }),
    checks: {
      temporal: () => pingTemporal(client),
      database: () => database.ping(),
    },
  });
  closers.push(() => app.close());
  return { app, database };
}

test('while Temporal is away nothing is accepted: 503, and when to ask again', async () => {
  const { app, database } = await startApp();
  closers.push(() => database.close());
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

test('while the database is away the answer is 503 as well', async () => {
  const { app, database } = await startApp();
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
  const { app, database } = await startApp({ requestsPerMinute: 3 });
  closers.push(() => database.close());
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
  const { app, database } = await startApp({ requestsPerMinute: 4 });
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
  const { app, database } = await startApp({ requestsPerMinute: 2 });
  closers.push(() => database.close());
  const statuses = [];
  for (let index = 0; index < 3; index += 1) statuses.push((await app.inject(`/guess/${index}`)).statusCode);
  expect(statuses).toEqual([404, 404, 429]);
});
