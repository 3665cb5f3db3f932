import { expect, test } from 'vitest';
import { HitCounter } from '../../sandbox/counters.js';
import { CUST } from './support/client.js';
import { samplePayload } from './support/payload.js';
import { withSandbox } from './support/with-sandbox.js';

const context = withSandbox();

test('are all zero for a tenant that nobody called', () => {
  expect(context.sandbox.counters(CUST)).toEqual({
    hits: 0,
    byOutcome: {},
    stateLookups: 0,
    inFlight: 0,
    maxInFlight: 0,
    hitsPerDelivery: {},
    recentHits: [],
  });
});

test('tell what became of each call, of which delivery, without the key', async () => {
  const { sandbox, client } = context;
  await client.post(samplePayload());
  await client.post(samplePayload(), { host: 'online3' });
  await client.post(samplePayload({ deliveryId: 'd-2', kind: 'test' }));
  await client.call({ method: 'GET' });
  const counters = sandbox.counters(CUST);
  expect(counters).toMatchObject({
    hits: 4,
    byOutcome: { created: 1, 'wrong-host': 1, pong: 1, 'no-deliveryId': 1 },
    inFlight: 0,
    maxInFlight: 1,
    hitsPerDelivery: { 'd-1': 2, 'd-2': 1 },
  });
  const hosts = [`online2.${sandbox.domain}`, `online3.${sandbox.domain}`] as const;
  const at = expect.stringMatching(/Z$/) as string;
  expect(counters.recentHits).toEqual([
    { at, method: 'POST', host: hosts[0], outcome: 'created', status: 200, deliveryId: 'd-1' },
    { at, method: 'POST', host: hosts[1], outcome: 'wrong-host', status: 421, deliveryId: 'd-1' },
    { at, method: 'POST', host: hosts[0], outcome: 'pong', status: 200, deliveryId: 'd-2' },
    { at, method: 'GET', host: hosts[0], outcome: 'no-deliveryId', status: 400 },
  ]);
  expect(counters.firstHitAt).toBe(counters.recentHits[0]?.at);
  expect(counters.lastHitAt).toBe(counters.recentHits[3]?.at);
  expect(JSON.stringify(counters)).not.toContain('sandbox-key');
});

test('tell how many calls there were at once', async () => {
  const { sandbox, client } = context;
  sandbox.addFaults(CUST, { type: 'slow', delayMs: 200 });
  await Promise.all([1, 2, 3].map((n) => client.post(samplePayload({ deliveryId: `d-${n}` }))));
  expect(sandbox.counters(CUST)).toMatchObject({ inFlight: 0, maxInFlight: 3 });
});

test('never see two calls at once of a client that makes one after the other', async () => {
  const { sandbox, client } = context;
  for (let call = 0; call < 200; call += 1) await client.post(samplePayload());
  expect(sandbox.counters(CUST)).toMatchObject({ hits: 200, maxInFlight: 1 });
});

test('are kept apart by tenant', async () => {
  const { sandbox, client } = context;
  sandbox.addTenant({ customerInstance: 'Cust2' });
  await client.post(samplePayload(), { cust: 'Cust2' });
  expect(sandbox.counters('Cust2').byOutcome).toEqual({ 'no-match': 1 });
  expect(sandbox.counters(CUST).hits).toBe(0);
});

test('remember the last 1000 hits', () => {
  const counter = new HitCounter();
  for (let hit = 0; hit < 1005; hit += 1) {
    counter.record({ at: '', method: 'POST', host: '', outcome: 'created', status: hit });
  }
  const { recentHits, byOutcome } = counter.read();
  expect(recentHits).toHaveLength(1000);
  expect(recentHits[0]?.status).toBe(5);
  expect(byOutcome).toEqual({ created: 1005 });
});
