import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { completedEvent, webhookHeaders } from '../../sandbox/dci-event.js';
import { appWithoutTemporal } from '../support/app-without-temporal.js';
import { API_TOKEN, type Harness, startHarness } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { request } from '../support/request.js';

const summary = { ...meetingSummaries()[0] };
const DEPTH = 100_000;
const MEGABYTE = 1024 * 1024;

/** Values one in the other, as text: no program of ours could write them. */
const deepObject = `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`;
const deepArray = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;

describe('a body', () => {
  let harness: Harness;
  let secret: string;
  beforeAll(async () => {
    harness = await startHarness();
    const answer = await request(harness.url, '/v1/tenants/acme/hooks/dci/secrets', { method: 'POST' });
    ({ secret } = answer.body as { secret: string });
  });
  afterAll(() => harness.stop());

  const post = (path: string, body: string) => request(harness.url, path, { method: 'POST', body });
  const put = (path: string, body: string) => request(harness.url, path, { method: 'PUT', body });
  /** Signed, as by somebody who has stolen the secret. */
  const webhook = (body: string) =>
    request(harness.url, '/v1/tenants/acme/hooks/dci', {
      method: 'POST',
      body,
      token: '',
      headers: webhookHeaders(secret, body),
    });
  const connection = '/v1/tenants/acme/connections/superoffice';
  const everywhere = (body: string) =>
    Promise.all([
      post('/v1/tenants/acme/summaries', body),
      put(connection, body),
      put('/v1/tenants/acme/hooks/dci', body),
      post('/v1/operations/retry', body),
      post('/codec/decode', body),
      webhook(body),
    ]);

  test.each([
    ['an object 100,000 levels deep', deepObject],
    ['an array 100,000 levels deep', deepArray],
    ['half of a deep array', '['.repeat(DEPTH)],
    ['nothing', ''],
    ['null', 'null'],
    ['a number beyond all', '1e999999'],
  ])('of %s is refused everywhere, and the service goes on', async (_what, body) => {
    for (const { status } of await everywhere(body)) expect(status).toBe(400);
    expect((await request(harness.url, '/healthz')).status).toBe(200);
  });

  test('that holds something deep where a text belongs is refused by the field', async () => {
    const deep = JSON.stringify({ ...summary, meetingName: 'here' }).replace('"here"', deepArray);
    const answer = await post('/v1/tenants/acme/summaries', deep);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/meetingName' }] } });
    const event = JSON.stringify(completedEvent({ title: 'here' })).replace('"here"', deepObject);
    expect((await webhook(event)).status).toBe(200);
  });

  test('of more than its route takes is refused before it is read to the end', async () => {
    const large = (bytes: number) => `"${'x'.repeat(bytes)}"`;
    for (const { status } of await Promise.all([
      post('/v1/tenants/acme/summaries', large(MEGABYTE)),
      put(connection, large(MEGABYTE)),
      webhook(large(MEGABYTE)),
      post('/codec/decode', large(6 * MEGABYTE)),
    ]))
      expect(status).toBe(413);
    const form = await fetch(`${harness.url}/operators/sign-in`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ token: 'x'.repeat(64 * 1024) }),
    });
    expect(form.status).toBe(413);
  });

  test.each([
    ['__proto__', '{"__proto__": {"summary": "polluted", "isAdmin": true}}'],
    ['__proto__ in a field', '{"meetingId": "1", "data": {"__proto__": {"isAdmin": true}}}'],
    ['__proto__ in escapes', String.raw`{"\u005f_proto__": {"isAdmin": true}}`],
    ['constructor.prototype', '{"constructor": {"prototype": {"isAdmin": true}}}'],
  ])('with the key %s is refused everywhere, and changes no other object', async (_key, body) => {
    for (const { status } of await everywhere(body)) expect(status).toBe(400);
    expect({}).not.toHaveProperty('isAdmin');
    expect({}).not.toHaveProperty('summary');
  });

  test('of a form or a query with such keys changes nothing either', async () => {
    const form = await fetch(`${harness.url}/operators/sign-in`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({
        '__proto__[isAdmin]': 'true',
        __proto__: 'x',
        'constructor[prototype]': 'x',
      }),
    });
    expect(form.status).toBe(400);
    const query = '?__proto__[isAdmin]=true&__proto__.isAdmin=true&constructor=1';
    expect((await request(harness.url, `/v1/tenants/acme/deliveries${query}`)).status).toBe(200);
    expect({}).not.toHaveProperty('isAdmin');
  });
});

describe('a client that takes its time', () => {
  const REQUEST_MS = 300;
  const IDLE_MS = 600;

  async function listen() {
    const { app } = await appWithoutTemporal({ clientTimeouts: { requestMs: REQUEST_MS, idleMs: IDLE_MS } });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    return { port, url: `http://127.0.0.1:${port}` };
  }

  /** Connects, and tells what it was answered once the service has cut it off. */
  function client(port: number): { socket: Socket; answer: Promise<string> } {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined);
    return { socket, answer: once(socket, 'close').then(() => Buffer.concat(chunks).toString()) };
  }

  const start = `POST /v1/tenants/acme/summaries HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${API_TOKEN}\r\n`;

  test.each([
    ['to say anything', '', ''],
    ['for its headers', start, 'x'],
    ['for its body', `${start}content-type: application/json\r\ncontent-length: 100000\r\n\r\n{"meet`, 'x'],
  ])('%s is cut off, while others are served', async (_what, bytes, drop) => {
    const { port, url } = await listen();
    const slow = Array.from({ length: 50 }, () => client(port));
    const send = (text: string) => slow.forEach(({ socket }) => socket.writable && socket.write(text));
    send(bytes);
    // A byte now and then wins no time.
    const drip = setInterval(() => send(drop), REQUEST_MS / 6);
    onTestFinished(() => clearInterval(drip));
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    for (const answer of await Promise.all(slow.map((one) => one.answer)))
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test('to read its answer is cut off', async () => {
    const { port, url } = await listen();
    const asset = '/docs/js/scalar.js';
    const { length } = await (await fetch(url + asset)).text();
    const { socket, answer } = client(port);
    socket.pause();
    // More than the buffers on the way take in.
    const times = 20;
    socket.write(`GET ${asset} HTTP/1.1\r\nhost: x\r\n\r\n`.repeat(times));
    // What was on its way is read once the service has long given up; it is not all.
    setTimeout(() => socket.resume(), 4 * IDLE_MS);
    expect((await answer).length).toBeLessThan(times * length);
  });
});
