import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createClient,
  ProblemError,
  type TenantClient,
  UnexpectedAnswerError,
  UnreachableError,
} from '@dci-superoffice/client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../../src/temporal/dev-server/free-port.js';
import { API_TOKEN, type Harness, startHarness } from '../../support/harness.js';
import { meetingSummaries } from '../../support/meetings.js';

const connection = { domainPrefix: 'online2', customerInstance: 'Cust12345', token: 'the-secret-key' };

/** A busy machine delivers late. */
const PATIENCE = { timeout: 20_000 };

describe('over the running service', () => {
  let harness: Harness;
  let tenant: TenantClient;
  beforeAll(async () => {
    harness = await startHarness();
    await harness.startWorker();
    harness.sandbox.addTenant({ customerInstance: 'Cust12345', key: connection.token });
    tenant = createClient({ baseUrl: harness.url, token: API_TOKEN }).tenant('client-tests');
  });
  afterAll(() => harness.stop());

  test('a tenant is connected, tested, paused, resumed and disconnected', async () => {
    expect(await tenant.connect(connection)).toMatchObject({ state: 'connected', domainPrefix: 'online2' });
    expect(await tenant.test()).toMatchObject({ passed: true });
    expect(await tenant.pause()).toMatchObject({ state: 'paused' });
    expect(await tenant.resume()).toMatchObject({ state: 'connected' });
    expect(await tenant.connection()).toMatchObject({ customerInstance: 'Cust12345' });
    expect(await tenant.disconnect()).toEqual({ state: 'disconnected', cancelledDeliveries: 0 });
  });

  test('every page of deliveries is read', async () => {
    await tenant.connect(connection);
    const ids = new Set<string>();
    for (const summary of meetingSummaries().slice(0, 3)) {
      const { deliveryId = '' } = await tenant.submit(summary);
      await expect.poll(async () => (await tenant.delivery(deliveryId)).state, PATIENCE).toBe('delivered');
      ids.add(deliveryId);
    }
    await expect
      .poll(async () => (await tenant.deliveries({ state: 'delivered' })).deliveries, PATIENCE)
      .toHaveLength(3);
    const listed: string[] = [];
    for await (const { deliveryId } of tenant.eachDelivery({ limit: 1 })) listed.push(deliveryId);
    expect(new Set(listed)).toEqual(ids);
  });

  test('what SuperOffice or the service refuses is thrown, by its kind', async () => {
    await expect(tenant.connect({ ...connection, customerInstance: 'Cust99999' })).rejects.toMatchObject({
      kind: 'connection-refused',
      status: 422,
      problem: { code: 'tenant-unknown' },
    });
    await expect(tenant.retry('0'.repeat(32))).rejects.toMatchObject({ kind: 'not-found', status: 404 });
    await expect(tenant.connect({ ...connection, timeZone: 'Mars' })).rejects.toThrow(
      '/timeZone: Give a time zone',
    );
    const stranger = createClient({ baseUrl: harness.url, token: 'not-the-token' }).tenant('client-tests');
    await expect(stranger.connection()).rejects.toBeInstanceOf(ProblemError);
    await expect(stranger.connection()).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  test('every other route is there, typed', async () => {
    const { http } = createClient({ baseUrl: harness.url, token: API_TOKEN });
    expect((await http.GET('/readyz')).data).toMatchObject({ temporal: 'up', database: 'up' });
  });
});

describe('where the service', () => {
  const closers: (() => void)[] = [];
  afterEach(() => closers.splice(0).forEach((close) => close()));

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    closers.push(() => {
      server.close();
      server.closeAllConnections();
    });
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const summary = meetingSummaries()[0];
  const submitTo = (baseUrl: string, options: { timeoutMs?: number; retryForMs?: number } = {}) =>
    createClient({ baseUrl, token: 'any', ...options })
      .tenant('acme')
      .submit(summary ?? { meetingId: '', meetingName: '', startsAt: '', endsAt: '', participantEmails: [] });

  test('is away, the call is made again with its body, as long as the caller wants', async () => {
    let calls = 0;
    const bodies: string[] = [];
    const url = await serve((request, response) => {
      calls += 1;
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        bodies.push(body);
        if (calls === 1) return response.destroy();
        if (calls === 2) {
          const type = 'urn:dci-superoffice:problem:unavailable';
          response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' });
          return response.end(JSON.stringify({ type, title: 'Away', status: 503, detail: 'Later.' }));
        }
        response.writeHead(202, { 'content-type': 'application/json' });
        return response.end(JSON.stringify({ state: 'accepted', deliveryId: 'it', duplicate: false }));
      });
    });
    await expect(submitTo(url)).rejects.toBeInstanceOf(UnreachableError);
    calls = 0;
    const start = Date.now();
    expect(await submitTo(url, { retryForMs: 10_000 })).toMatchObject({ deliveryId: 'it' });
    expect(Date.now() - start).toBeGreaterThanOrEqual(1_000);
    expect(bodies.slice(1)).toEqual([bodies[0], bodies[0], bodies[0]]);
    expect(JSON.parse(bodies[0] ?? '')).toEqual(summary);
  });

  test('is changing the connection already, a connect waits for that: its own first answer may have been lost', async () => {
    let calls = 0;
    const url = await serve((request, response) => {
      calls += 1;
      if (calls === 1) return response.destroy();
      if (calls === 2) {
        const type = 'urn:dci-superoffice:problem:conflict';
        response.writeHead(409, { 'content-type': 'application/problem+json' });
        return response.end(JSON.stringify({ type, title: 'Not possible', status: 409, detail: 'Wait.' }));
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ ...connection, state: 'connected' }));
    });
    const acme = createClient({ baseUrl: url, token: 'any', retryForMs: 10_000 }).tenant('acme');
    expect(await acme.connect(connection)).toMatchObject({ state: 'connected' });
    expect(calls).toBe(3);
    calls = 1;
    await expect(acme.connect(connection, { waitMs: -1 })).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('is not there, or is silent, that is said', async () => {
    const nowhere = `http://127.0.0.1:${await freePort('127.0.0.1')}`;
    await expect(submitTo(nowhere)).rejects.toThrow(`${nowhere} can't be reached (ECONNREFUSED).`);
    const silent = await serve(() => undefined);
    await expect(submitTo(silent, { timeoutMs: 50 })).rejects.toThrow(`${silent} did not answer in time.`);
  });

  test('is not what answers, that is said', async () => {
    const url = await serve((_request, response) => response.writeHead(502).end('<html>Bad gateway</html>'));
    await expect(submitTo(url)).rejects.toBeInstanceOf(UnexpectedAnswerError);
  });

  test('is restarted behind a gateway that says so in JSON, nothing counts as done, and the call is made again', async () => {
    let calls = 0;
    const url = await serve((_request, response) => {
      calls += 1;
      const isUp = calls > 2;
      response.writeHead(isUp ? 202 : 502, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isUp ? { state: 'delivering' } : { message: 'Bad Gateway' }));
    });
    const cancelAt = (options: { retryForMs?: number }) =>
      createClient({ baseUrl: url, token: 'any', ...options })
        .tenant('acme')
        .cancel('0'.repeat(32));
    await expect(cancelAt({})).rejects.toBeInstanceOf(UnexpectedAnswerError);
    await cancelAt({ retryForMs: 10_000 });
    expect(calls).toBe(3);
  });

  test('is away, or silent, whoever called may end the call', async () => {
    const silent = await serve(() => undefined);
    const nowhere = `http://127.0.0.1:${await freePort('127.0.0.1')}`;
    for (const baseUrl of [silent, nowhere]) {
      const stop = new AbortController();
      const call = createClient({
        baseUrl,
        token: 'any',
        retryForMs: 50_000,
        signal: stop.signal,
      }).overview();
      const reason = new Error('The caller has heard enough.');
      setTimeout(() => stop.abort(reason), 100);
      await expect(call).rejects.toBe(reason);
    }
  });
});
