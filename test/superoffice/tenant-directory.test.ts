import { createServer, type Server } from 'node:https';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCertificates } from '../../sandbox/certificates.js';
import { HostRefusedError } from '../../src/domain/errors.js';
import { createGuardedAgent } from '../../src/superoffice/guarded-agent.js';
import { createTenantDirectory } from '../../src/superoffice/tenant-directory.js';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-09-01T07:00:00Z');

const customer = (customerInstance: string, domainPrefix = 'online2') => ({ domainPrefix, customerInstance });

type StateAnswer = Record<string, unknown> | number;

/** A directory over a state API that answers what a test says, with a clock that the test moves. */
async function setUp() {
  const { ca, cert, key } = await createCertificates();
  const stateApi = {
    now: START,
    domain: '',
    asked: [] as string[],
    hosts: [] as string[],
    requests: [] as IncomingMessage[],
    /** A status alone is an answer without JSON. */
    answer: (_customerInstance: string): StateAnswer => 503,
    endpoint: (host = 'online2') => `https://${host}.${stateApi.domain}/Cust1`,
    running: (validForMs: number, host = 'online2'): StateAnswer => ({
      Endpoint: stateApi.endpoint(host),
      State: 'Running',
      ValidUntil: new Date(stateApi.now + validForMs).toISOString(),
    }),
  };
  const server: Server = createServer({ cert, key }, (request, response) => {
    const customerInstance = request.url ?? '';
    stateApi.asked.push(customerInstance);
    stateApi.hosts.push(request.headers.host ?? '');
    stateApi.requests.push(request);
    const answer = stateApi.answer(customerInstance);
    if (typeof answer === 'number') response.writeHead(answer).end('<html></html>');
    else response.end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stateApi.domain = `superoffice.localhost:${(server.address() as AddressInfo).port}`;
  const policy = { domain: stateApi.domain, privateNetworks: ['127.0.0.0/8'] };
  const dispatcher = createGuardedAgent({ policy, certificateAuthorities: [ca] });
  onTestFinished(async () => {
    await dispatcher.destroy();
    server.closeAllConnections();
    server.close();
  });
  const directory = createTenantDirectory({
    dispatcher,
    policy,
    now: () => stateApi.now,
  });
  return { directory, stateApi, server };
}

describe('the tenant directory', () => {
  test('asks the state API for the customer, and tells what it says', async () => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => stateApi.running(60_000);
    expect(await directory.lookUp(customer('Cust1'))).toEqual({
      kind: 'running',
      endpoint: stateApi.endpoint(),
      validUntil: START + 60_000,
    });
    expect(stateApi.asked).toEqual(['/api/state/Cust1']);
    expect(stateApi.requests).toMatchObject([{ method: 'GET', headers: { accept: 'application/json' } }]);
  });

  test('asks the environment that the prefix belongs to, and keeps their customers apart', async () => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => stateApi.running(60_000);
    for (const prefix of ['online2', 'sod2', 'stage', 'app'])
      await directory.lookUp(customer('Cust1', prefix));
    expect(stateApi.hosts).toEqual(['online', 'sod', 'qaonline'].map((host) => `${host}.${stateApi.domain}`));
  });

  test('a customer instance stays one part of the path', async () => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => 404;
    await directory.lookUp(customer('../Cust1?x#'));
    expect(stateApi.asked).toEqual(['/api/state/..%2FCust1%3Fx%23']);
  });

  test.each([
    ['as long as it is valid', 60_000, 60_000],
    ['for an hour, where it is valid for longer', 24 * HOUR_MS, HOUR_MS],
  ])('remembers an endpoint %s', async (_, validForMs, ageMs) => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => stateApi.running(validForMs);
    await directory.lookUp(customer('Cust1'));
    stateApi.now = START + ageMs - 1;
    await directory.lookUp(customer('Cust1'));
    expect(stateApi.asked).toHaveLength(1);
    stateApi.now = START + ageMs;
    await directory.lookUp(customer('Cust1'));
    expect(stateApi.asked).toHaveLength(2);
  });

  test.each([
    ['in the past', (): StateAnswer => ({ ValidUntil: '2020-01-01T00:00:00Z' })],
    ['that can not be read', (): StateAnswer => ({ ValidUntil: 'soon' })],
  ])('asks each time about an endpoint with a validity %s', async (_, validity) => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => Object.assign(stateApi.running(0), validity());
    await directory.lookUp(customer('Cust1'));
    expect(await directory.lookUp(customer('Cust1'))).toMatchObject({ endpoint: stateApi.endpoint() });
    expect(stateApi.asked).toHaveLength(2);
  });

  test.each(['OfflineMaintenance', 'Suspended'])(
    'asks again after 10 s about a tenant in state %s',
    async (State) => {
      const { directory, stateApi } = await setUp();
      stateApi.answer = () => Object.assign(stateApi.running(24 * HOUR_MS), { State });
      const status = await directory.lookUp(customer('Cust1'));
      stateApi.now += 9_999;
      expect(await directory.lookUp(customer('Cust1'))).toEqual(status);
      expect(stateApi.asked).toHaveLength(1);
      stateApi.now += 1;
      stateApi.answer = () => stateApi.running(60_000);
      expect(await directory.lookUp(customer('Cust1'))).toMatchObject({ kind: 'running' });
    },
  );

  test('asks anew where what is known is older than the caller needs, and remembers it', async () => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => stateApi.running(HOUR_MS);
    await directory.lookUp(customer('Cust1'));
    stateApi.now += 10;
    stateApi.answer = () => stateApi.running(HOUR_MS, 'app');
    expect(await directory.lookUp(customer('Cust1'))).toMatchObject({ endpoint: stateApi.endpoint() });
    expect(await directory.lookUp(customer('Cust1'), START + 5)).toMatchObject({
      endpoint: stateApi.endpoint('app'),
    });
    expect(await directory.lookUp(customer('Cust1'), START + 5)).toMatchObject({
      endpoint: stateApi.endpoint('app'),
    });
    expect(await directory.lookUp(customer('Cust1'))).toMatchObject({ endpoint: stateApi.endpoint('app') });
    // Learned at that very time: fresh enough.
    await directory.lookUp(customer('Cust1'), START + 10);
    expect(stateApi.asked).toHaveLength(2);
  });

  test('asks once for any number of look-ups at the same time, of one customer', async () => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => stateApi.running(60_000);
    const statuses = await Promise.all(Array.from({ length: 50 }, () => directory.lookUp(customer('Cust1'))));
    expect(new Set(statuses).size).toBe(1);
    await Promise.all([directory.lookUp(customer('Cust2')), directory.lookUp(customer('Cust3'))]);
    expect(stateApi.asked.sort()).toEqual(['/api/state/Cust1', '/api/state/Cust2', '/api/state/Cust3']);
  });

  test.each<[string, StateAnswer]>([
    ['answers 503', 503],
    ['answers a redirect', 302],
    ['answers what is no state', { hello: 'world' }],
    ['says no address', { State: 'Running', Endpoint: '', ValidUntil: '2026-09-01T08:00:00Z' }],
  ])('gives the last known endpoint while the state API %s', async (_, ill) => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => stateApi.running(1_000);
    const status = await directory.lookUp(customer('Cust1'));
    stateApi.now += 72 * HOUR_MS;
    stateApi.answer = () => ill;
    expect(await directory.lookUp(customer('Cust1'))).toEqual(status);
    expect(await directory.lookUp(customer('Cust1'), stateApi.now)).toEqual(status);
    expect(stateApi.asked).toHaveLength(3);
    expect(await directory.lookUp(customer('Cust2'))).toBeUndefined();
  });

  test('leaves a state API that hangs alone for three times as long, except for those who need to know', async () => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => stateApi.running(1_000);
    const status = await directory.lookUp(customer('Cust1'));
    stateApi.now += HOUR_MS;
    stateApi.answer = () => {
      stateApi.now += 10_000;
      return 503;
    };
    const asked = async (freshAfter?: number) => {
      expect(await directory.lookUp(customer('Cust1'), freshAfter)).toEqual(status);
      return stateApi.asked.length;
    };
    expect(await asked()).toBe(2);
    stateApi.now += 29_999;
    expect(await asked()).toBe(2);
    expect(await asked(stateApi.now)).toBe(3);
    expect(await asked()).toBe(3);
    stateApi.now += 30_000;
    stateApi.answer = () => stateApi.running(1_000, 'app');
    expect(await directory.lookUp(customer('Cust1'))).toMatchObject({ endpoint: stateApi.endpoint('app') });
  });

  test('gives the last known endpoint while nobody answers', async () => {
    const { directory, stateApi, server } = await setUp();
    stateApi.answer = () => stateApi.running(0);
    const status = await directory.lookUp(customer('Cust1'));
    server.closeAllConnections();
    server.close();
    expect(await directory.lookUp(customer('Cust1'))).toEqual(status);
    expect(await directory.lookUp(customer('Cust2'))).toBeUndefined();
  });

  test('does not hold a tenant for closed, or away, longer than it knows', async () => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => 404;
    expect(await directory.lookUp(customer('Cust1'))).toEqual({ kind: 'closed', code: 'tenant-unknown' });
    stateApi.now += 10_000;
    stateApi.answer = () => 503;
    expect(await directory.lookUp(customer('Cust1'))).toBeUndefined();
  });

  test.each([
    'https://evil.example/Cust1',
    'http://online2.superoffice.localhost/Cust1',
    'file:///etc/passwd',
  ])('refuses the endpoint %s, each time', async (Endpoint) => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => Object.assign(stateApi.running(HOUR_MS), { Endpoint });
    await expect(directory.lookUp(customer('Cust1'))).rejects.toThrow(HostRefusedError);
    await expect(directory.lookUp(customer('Cust1'))).rejects.toThrow(HostRefusedError);
    expect(stateApi.asked).toHaveLength(2);
  });

  test('an endpoint that is refused does not take the place of the last good one', async () => {
    const { directory, stateApi } = await setUp();
    stateApi.answer = () => stateApi.running(0);
    const status = await directory.lookUp(customer('Cust1'));
    stateApi.answer = () => Object.assign(stateApi.running(0), { Endpoint: 'https://evil.example/' });
    await expect(directory.lookUp(customer('Cust1'))).rejects.toThrow(HostRefusedError);
    stateApi.answer = () => 503;
    expect(await directory.lookUp(customer('Cust1'))).toEqual(status);
  });
});
