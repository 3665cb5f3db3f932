import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../sandbox/faults.js';
import { CUST } from './support/client.js';
import { samplePayload } from './support/payload.js';
import { withSandbox } from './support/with-sandbox.js';

const context = withSandbox();

/** A call that nobody waits for in a test. */
const SLOW_MS = 60_000;

const post = () => context.client.post(samplePayload());
const records = () => context.sandbox.records(CUST).length;

function queue(...faults: Fault[]): void {
  context.sandbox.addFaults(CUST, ...faults);
}

test('a weather decides where no fault is queued', async () => {
  const tenant = context.sandbox.tenant(CUST);
  tenant.weather = {
    ofScriptCall: () => ({ type: 'status', status: 502 }),
    ofStateLookup: () => ({ type: 'state-down' }),
  };
  queue({ type: 'throttle', times: 1 });
  expect((await post()).status).toBe(429);
  expect((await post()).status).toBe(502);
  expect((await context.client.get(`${context.sandbox.stateUrl}/${CUST}`)).status).toBe(503);
  expect(records()).toBe(0);
});

describe('before the script runs', () => {
  test.each<[Fault, number, string | RegExp]>([
    [{ type: 'status', status: 500 }, 500, /^<!DOCTYPE html>/],
    [{ type: 'status', status: 204 }, 204, ''],
    [{ type: 'throttle' }, 429, 'Too many requests'],
    [{ type: 'empty' }, 200, ''],
    [{ type: 'no-echo' }, 200, '{"ok":true,"result":"created"}'],
    [{ type: 'wrong-echo' }, 200, '{"ok":true,"deliveryId":"another-delivery","result":"created"}'],
    [{ type: 'not-ok', error: 'no-owner' }, 200, '{"ok":false,"deliveryId":"d-1","error":"no-owner"}'],
    [{ type: 'not-ok', error: 'x', status: 500 }, 500, '{"ok":false,"deliveryId":"d-1","error":"x"}'],
    [{ type: 'html' }, 200, /Log in/],
    [{ type: 'source' }, 200, /^#setLanguageLevel 4;/],
    [{ type: 'moved' }, 421, 'Wrong subdomain used to access tenant'],
  ])('%o', async (fault, status, text) => {
    queue(fault);
    const answer = await post();
    expect(answer.status).toBe(status);
    expect(answer.text).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
    expect(records()).toBe(0);
    expect(context.sandbox.counters(CUST).byOutcome).toEqual({ [`fault:${fault.type}`]: 1 });
  });

  test('a status may bring its body, content type and Retry-After', async () => {
    queue({
      type: 'status',
      status: 503,
      body: '{"busy":true}',
      contentType: 'application/json',
      retryAfter: 'Wed, 02 Sep 2026 06:00:00 GMT',
    });
    expect(await post()).toMatchObject({
      status: 503,
      text: '{"busy":true}',
      headers: { 'content-type': 'application/json', 'retry-after': 'Wed, 02 Sep 2026 06:00:00 GMT' },
    });
  });

  test('throttling may bring a Retry-After in seconds, and brings none of itself', async () => {
    queue({ type: 'throttle', retryAfter: 3, times: 1 }, { type: 'throttle' });
    expect((await post()).headers['retry-after']).toBe('3');
    expect((await post()).headers).not.toHaveProperty('retry-after');
  });

  test('a redirect leads to the status page, or where it is told', async () => {
    queue({ type: 'redirect', times: 1 }, { type: 'redirect', location: 'https://elsewhere.example/' });
    const statusPage = `https://online.${context.sandbox.domain}/status`;
    expect(await post()).toMatchObject({ status: 302, headers: { location: statusPage } });
    expect(await post()).toMatchObject({ status: 302, headers: { location: 'https://elsewhere.example/' } });
  });

  test('a reset breaks the connection, and nothing is filed', async () => {
    queue({ type: 'reset' });
    await expect(post()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(records()).toBe(0);
  });

  test('a hanging call is in flight until the client goes away, and nothing is filed', async () => {
    queue({ type: 'hang' });
    const abort = new AbortController();
    const call = context.client.post(samplePayload(), { signal: abort.signal });
    await expect.poll(() => context.sandbox.counters(CUST).inFlight).toBe(1);
    abort.abort(new Error('gone'));
    await expect(call).rejects.toThrow('gone');
    await expect.poll(() => context.sandbox.counters(CUST).inFlight).toBe(0);
    expect(records()).toBe(0);
  });
});

describe('around a script that runs', () => {
  test('a slow call is answered after its delay', async () => {
    queue({ type: 'slow', delayMs: 150 });
    const startedAt = performance.now();
    expect(JSON.parse((await post()).text)).toMatchObject({ result: 'created' });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(149);
  });

  test('a slow call is filed even when the client has gone', async () => {
    queue({ type: 'slow', delayMs: 1_000, times: 1 });
    const abort = new AbortController();
    const call = context.client.post(samplePayload(), { signal: abort.signal });
    await expect.poll(() => context.sandbox.counters(CUST).inFlight, { interval: 5 }).toBe(1);
    abort.abort(new Error('gone'));
    await expect(call).rejects.toThrow('gone');
    expect(records()).toBe(0);
    await expect.poll(records).toBe(1);
    expect(context.sandbox.counters(CUST)).toMatchObject({ inFlight: 0, byOutcome: { created: 1 } });
  });

  test('a reset after landing leaves a record, so that the next call is a duplicate', async () => {
    queue({ type: 'landed-reset', times: 1 });
    await expect(post()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(records()).toBe(1);
    expect(JSON.parse((await post()).text)).toMatchObject({ result: 'duplicate', recordId: 1001 });
  });

  test('a time-out after landing leaves a record, and no answer', async () => {
    queue({ type: 'landed-timeout', times: 1 });
    const abort = new AbortController();
    const call = context.client.post(samplePayload(), { signal: abort.signal });
    await expect.poll(records).toBe(1);
    abort.abort(new Error('gone'));
    await expect(call).rejects.toThrow('gone');
    expect(records()).toBe(1);
    expect(JSON.parse((await post()).text)).toMatchObject({ result: 'duplicate' });
  });

  test('a truncated answer breaks off in its middle, though the record is there', async () => {
    queue({ type: 'truncated', times: 1 });
    await expect(post()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(records()).toBe(1);
  });

  test('an oversized answer is the right one in 2 MB of JSON', async () => {
    queue({ type: 'oversized' });
    const { text } = await post();
    expect(text.length).toBeGreaterThan(2 * 1024 * 1024);
    expect(JSON.parse(text)).toMatchObject({ ok: true, deliveryId: 'd-1', result: 'created' });
  });

  test('white space surrounds an answer that is right', async () => {
    queue({ type: 'whitespace' });
    const { text } = await post();
    expect(text).toMatch(/^\s+\{.*\}\s+$/s);
    expect(JSON.parse(text)).toMatchObject({ ok: true, deliveryId: 'd-1', result: 'created' });
  });

  test.each<Fault['type']>(['landed-timeout', 'landed-reset', 'truncated', 'whitespace'])(
    '%s files nothing for a call with a wrong key',
    async (type) => {
      queue({ type, times: 1 } as Fault);
      const abort = new AbortController();
      const call = context.client.post(samplePayload(), { query: { key: 'wrong' }, signal: abort.signal });
      const ended = call.catch(() => undefined);
      await expect.poll(() => context.sandbox.counters(CUST).recentHits).toHaveLength(1);
      abort.abort();
      await ended;
      expect(records()).toBe(0);
    },
  );
});

describe('the queue', () => {
  test('takes faults in their order, each as often as it says, and then behaves', async () => {
    queue({ type: 'status', status: 500, times: 2 }, { type: 'throttle', times: 1 });
    const statuses: number[] = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await post()).status);
    expect(statuses).toEqual([500, 500, 429, 200]);
    expect(context.sandbox.tenant(CUST).faults).toEqual([]);
  });

  test('holds a fault without number until it is cleared', async () => {
    queue({ type: 'html' });
    for (let call = 0; call < 3; call += 1) await post();
    expect(records()).toBe(0);
    context.sandbox.tenant(CUST).faults = [];
    await post();
    expect(records()).toBe(1);
  });

  test('leaves the faults that it was given as they were', async () => {
    const fault: Fault = { type: 'html', times: 1 };
    queue(fault);
    await post();
    expect(fault.times).toBe(1);
  });
});

test('closing ends calls that hang, wait or have not finished their handshake', async () => {
  const { sandbox, client } = context;
  queue({ type: 'hang', times: 1 }, { type: 'slow', delayMs: SLOW_MS });
  const calls = Promise.allSettled([post(), post()]);
  const silent = connect(sandbox.port, '127.0.0.1');
  const silentEnd = once(silent, 'close');
  await expect.poll(() => sandbox.counters(CUST).inFlight).toBe(2);
  const startedAt = performance.now();
  await sandbox.close();
  expect(performance.now() - startedAt).toBeLessThan(SLOW_MS / 2);
  expect((await calls).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await silentEnd;
  await client.close();
  await expect.poll(() => sandbox.counters(CUST).inFlight).toBe(0);
});
