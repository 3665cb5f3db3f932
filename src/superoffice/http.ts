import { type Dispatcher, request } from 'undici';
import { inCallSpan } from './call-span.js';
import { HostRefusedError } from '../domain/errors.js';
import type { TransientTrouble } from '../domain/diagnosis.js';

/** More of an answer than this is not read, in bytes: the script's own answers have a few hundred. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** An HTTP answer, as far as it matters. */
export interface HttpAnswer {
  status: number;
  /** Cut off after 256 KB. */
  body: string;
  retryAfter?: string | undefined;
}

/** No complete answer came. It carries no cause: what lies below may quote the URL, and the URL carries the key. */
export class TransportError extends Error {
  constructor(readonly code: Extract<TransientTrouble, 'timeout' | 'network' | 'answer-broken'>) {
    super(code);
  }
}

export interface HttpCall {
  url: URL;
  method: 'GET' | 'POST';
  /** The pattern of the path, for traces: nothing of a customer or a person. */
  template: string;
  headers?: Record<string, string>;
  body?: string;
  /** For the whole call, in milliseconds. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * One HTTP call; redirects are not followed.
 *
 * @throws TransportError when no complete answer came in time
 * @throws HostRefusedError when the address is not an allowed one
 * @throws the signal's reason when the caller aborts
 */
export function callHttp(dispatcher: Dispatcher, call: HttpCall): Promise<HttpAnswer> {
  return inCallSpan(call, () => makeCall(dispatcher, call));
}

async function makeCall(dispatcher: Dispatcher, call: HttpCall): Promise<HttpAnswer> {
  const { url, method, headers = {}, body, timeoutMs, signal } = call;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new TransportError('timeout')), timeoutMs);
  const onAbort = () => abort.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  let answered = false;
  try {
    signal?.throwIfAborted();
    const response = await request(url, {
      dispatcher,
      method,
      headers,
      ...(body !== undefined && { body }),
      signal: abort.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    answered = true;
    return {
      status: response.statusCode,
      body: await readBody(response.body),
      retryAfter: single(response.headers['retry-after']),
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (abort.signal.aborted) throw new TransportError('timeout');
    if (error instanceof HostRefusedError) throw error;
    throw new TransportError(answered ? 'answer-broken' : 'network');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function readBody(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection: the rest never comes in.
    if (size > MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
