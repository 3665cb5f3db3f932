import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import type { Sandbox } from '../../../sandbox/start.js';

export const CUST = 'Cust12345';

export interface RawAnswer {
  status: number;
  headers: Dispatcher.ResponseData['headers'];
  text: string;
}

export interface Call {
  method?: Dispatcher.HttpMethod;
  /** Domain prefix. */
  host?: string;
  cust?: string;
  query?: Record<string, string>;
  path?: string;
  body?: string | Buffer;
  signal?: AbortSignal;
}

const loopbackLookup: LookupFunction = (_hostname, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

/** A client that finds the hosts of a sandbox; without `ca` it trusts the public authorities alone. */
export function createAgent(ca?: string): Agent {
  return new Agent({ connect: { lookup: loopbackLookup, ...(ca !== undefined && { ca }) } });
}

/** Calls on a sandbox as the service makes them, at the level of HTTP. */
export function createClient(sandbox: Sandbox) {
  const agent = createAgent(sandbox.caCertificate);

  async function get(url: string): Promise<RawAnswer> {
    return read(await request(url, { dispatcher: agent }));
  }

  async function call(options: Call = {}): Promise<RawAnswer> {
    const { method = 'POST', host = 'online2', cust = CUST, body, signal, query } = options;
    const search = new URLSearchParams({
      action: 'safeParse',
      includeId: 'dci-receive-summary',
      key: 'sandbox-key',
      ...query,
    });
    const path = options.path ?? `/${cust}/CS/scripts/customer.fcgi`;
    const answer = await request(`https://${host}.${sandbox.domain}${path}?${search.toString()}`, {
      dispatcher: agent,
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    });
    return read(answer);
  }

  return {
    get,
    call,
    post: (payload: unknown, options: Call = {}) => call({ ...options, body: toAscii(payload) }),
    close: () => agent.destroy(),
  };
}

export type Client = ReturnType<typeof createClient>;

export function toAscii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

async function read({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<RawAnswer> {
  return { status: statusCode, headers, text: await body.text() };
}
