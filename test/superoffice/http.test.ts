import { getEventListeners, once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent } from 'undici';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { callHttp, type HttpCall, TransportError } from '../../src/superoffice/http.js';

const MAX_BYTES = 256 * 1024;
const PATIENT_MS = 10_000;

/** Calls a server on this machine that answers as a test says. */
async function serverThat(answer: RequestListener) {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dispatcher = new Agent();
  onTestFinished(async () => {
    await dispatcher.destroy();
    server.closeAllConnections();
    server.close();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path?key=zq7-secret`);
  const call = (changes: Partial<HttpCall> = {}) =>
    callHttp(dispatcher, { url, method: 'GET', template: '/path', timeoutMs: PATIENT_MS, ...changes });
  return { call, server };
}

describe('a call', () => {
  test('sends what it is told to, and answers status and body', async () => {
    const requests: { request: IncomingMessage; body: string }[] = [];
    const { call } = await serverThat((request, response) => {
      void text(request).then((body) => {
        requests.push({ request, body });
        response.writeHead(202).end('Åkerlunds');
      });
    });
    const headers = { accept: 'application/json' };
    expect(await call({ method: 'POST', headers, body: '{}' })).toEqual({ status: 202, body: 'Åkerlunds' });
    expect(await call()).toEqual({ status: 202, body: 'Åkerlunds' });
    expect(requests).toMatchObject([
      { request: { method: 'POST', url: '/path?key=zq7-secret', headers }, body: '{}' },
      { request: { method: 'GET', url: '/path?key=zq7-secret' }, body: '' },
    ]);
  });

  test.each([
    ['7', '7'],
    [['7', '9'], '7'],
  ])('answers the Retry-After %j as %j', async (header, retryAfter) => {
    const { call } = await serverThat((_, response) => {
      response.setHeader('retry-after', header).writeHead(429).end();
    });
    expect(await call()).toEqual({ status: 429, body: '', retryAfter });
  });

  test('answers 256 KB as they are', async () => {
    const { call } = await serverThat((_, response) => response.end('x'.repeat(MAX_BYTES)));
    expect((await call()).body).toBe('x'.repeat(MAX_BYTES));
  });

  test('reads no more of an answer than 256 KB, and hangs up on the rest', async () => {
    let hungUp = false;
    const { call } = await serverThat((_, response) => {
      response.on('close', () => (hungUp = true));
      response.write('x'.repeat(MAX_BYTES + 1));
    });
    expect((await call()).body).toBe('x'.repeat(MAX_BYTES));
    await vi.waitFor(() => expect(hungUp).toBe(true), { timeout: PATIENT_MS });
  });

  test('leaves neither a timer nor a listener behind, however it ends', async () => {
    const { call } = await serverThat((request, response) => {
      if (request.method === 'GET') response.end();
      else response.destroy();
    });
    const { signal } = new AbortController();
    const timeoutMs = 3_600_000;
    const set = vi.spyOn(globalThis, 'setTimeout');
    const cleared = vi.spyOn(globalThis, 'clearTimeout');
    onTestFinished(() => void vi.restoreAllMocks());
    await call({ signal, timeoutMs });
    await call({ signal, timeoutMs, method: 'POST' }).catch(() => undefined);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    const timers = set.mock.calls.flatMap(([, delay], index) =>
      delay === timeoutMs ? [set.mock.results[index]?.value as unknown] : [],
    );
    expect(timers).toHaveLength(2);
    expect(cleared.mock.calls.map(([timer]) => timer)).toEqual(expect.arrayContaining(timers));
  });
});

describe('a call that gets no complete answer', () => {
  const trouble = async (answer: RequestListener, changes: Partial<HttpCall> = {}) => {
    const { call } = await serverThat(answer);
    return call(changes).catch((error: unknown) => error);
  };

  test('within its time is a time-out, whether nothing came or half of it', async () => {
    const soon = { timeoutMs: 300 };
    expect(await trouble(() => undefined, soon)).toEqual(new TransportError('timeout'));
    expect(await trouble((_, response) => response.writeHead(200).write('half'), soon)).toEqual(
      new TransportError('timeout'),
    );
  });

  test('is trouble of the network where nothing came, and a broken answer where some of it did', async () => {
    expect(await trouble((_, response) => response.destroy())).toEqual(new TransportError('network'));
    const broken: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': '99' });
      response.write('half', () => response.destroy());
    };
    expect(await trouble(broken)).toEqual(new TransportError('answer-broken'));
  });

  test('says of its cause one word, and nothing of the address', async () => {
    const error = await trouble((_, response) => response.destroy());
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({ message: 'network', code: 'network' });
    expect((error as Error).cause).toBeUndefined();
  });
});

describe('a call that is aborted', () => {
  const reason = new Error('The workflow was cancelled.');

  test('before it begins reaches nobody', async () => {
    let requests = 0;
    const { call } = await serverThat((_, response) => {
      requests += 1;
      response.end();
    });
    await expect(call({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(requests).toBe(0);
  });

  test.each([
    ['while it waits for an answer', false],
    ['while the answer comes in', true],
  ])('%s ends with the reason, at once', async (_, isAnswering) => {
    const abort = new AbortController();
    const { call } = await serverThat((_request, response) => {
      if (isAnswering) response.writeHead(200).write('half');
      setImmediate(() => abort.abort(reason));
    });
    await expect(call({ signal: abort.signal })).rejects.toBe(reason);
  });
});
