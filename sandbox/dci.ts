import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import type { Certificates } from './certificates.js';
import { trackConnections } from './connections.js';

/** What a call gets in place of its answer. */
export type DciFault =
  | { type: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
  /** The connection breaks. */
  | { type: 'reset' }
  /** No answer ever comes. */
  | { type: 'hang' };

/** A call of the recording API, as it came. */
export interface DciCall {
  conversationId: string;
  /** The status that it got; undefined where it got no answer. */
  status: number | undefined;
  at: number;
}

/** A stand-in for DCI's REST API, as far as it tells where recordings are. */
export interface DciSandbox {
  url: string;
  /** The one token that it takes. */
  apiToken: string;
  /** The answer for each conversation that has a recording. */
  recordings: Map<string, unknown>;
  /** What the next calls get, one each. */
  faults: DciFault[];
  /** Every call fails. */
  isAway: boolean;
  calls: DciCall[];
  close(): Promise<void>;
}

/** The words of DCI's documentation for too many calls (REST API v1, 60 a minute). */
export const dciThrottled = (retryAfter: number): DciFault => ({
  type: 'status',
  status: 429,
  body: { statusCode: 429, message: 'Rate limit exceeded. Please try again later.', retryAfter },
});

/** Starts it over HTTPS, on this machine. */
export async function startDciSandbox({ cert, key }: Certificates, port = 0): Promise<DciSandbox> {
  const app = fastify({ https: { cert, key }, exposeHeadRoutes: false, forceCloseConnections: true });
  const connections = trackConnections(app.server);
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  app.addHook('preClose', (done) => {
    closing.abort();
    connections.destroyAll();
    done();
  });

  const sandbox = {
    apiToken: 'mt_sandbox-token-of-dci',
    recordings: new Map<string, unknown>(),
    faults: [] as DciFault[],
    isAway: false,
    calls: [] as DciCall[],
    close: () => app.close(),
  };

  app.get<{ Params: { id: string } }>('/rest/conversations/:id/recording-url', async (request, reply) => {
    const call: DciCall = { conversationId: request.params.id, status: undefined, at: Date.now() };
    sandbox.calls.push(call);
    const fault: DciFault | undefined = sandbox.isAway
      ? { type: 'status', status: 503 }
      : sandbox.faults.shift();
    if (fault?.type === 'reset') connections.reset(request.raw.socket);
    if (fault?.type === 'reset' || fault?.type === 'hang') {
      await new Promise((resolve) => closing.signal.addEventListener('abort', resolve));
      return reply;
    }
    const isKnown = request.headers.authorization === `Bearer ${sandbox.apiToken}`;
    const recording = sandbox.recordings.get(request.params.id);
    const { status, body, headers } = fault ?? answerOf(isKnown, recording);
    call.status = status;
    return reply
      .code(status)
      .headers(headers ?? {})
      .send(body);
  });

  await app.listen({ port, host: '127.0.0.1' });
  const address = app.server.address() as AddressInfo;
  return Object.assign(sandbox, { url: `https://127.0.0.1:${address.port}` });
}

function answerOf(isKnown: boolean, recording: unknown): Extract<DciFault, { type: 'status' }> {
  const answer = (status: number, body: unknown) => ({ type: 'status' as const, status, body });
  if (!isKnown) return answer(401, { statusCode: 401, message: 'Unauthorized' });
  if (recording === undefined) return answer(404, { statusCode: 404, message: 'Not found' });
  return answer(200, recording);
}
