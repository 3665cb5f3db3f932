import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError, UnexpectedAnswerError, UnreachableError } from './errors.js';
import type { Problem } from './types.js';

export interface TransportOptions {
  token: string;
  timeoutMs: number;
  retryForMs: number;
  signal?: AbortSignal | undefined;
  fetch: (request: Request) => Promise<Response>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/** HTTP statuses that pass, whoever answers: the service, or a proxy in front of one that is restarted. */
const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** The one route that tells what it was asked for by a status that is no success. */
const READINESS = '/readyz';

/**
 * A `fetch` that carries the token, waits no longer than it should, asks again while the service is away, and throws
 * what the service refuses.
 */
export function createTransport(options: TransportOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    request.headers.set('authorization', `Bearer ${options.token}`);
    const giveUpAt = Date.now() + options.retryForMs;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await ask(request.clone(), options);
      } catch (error) {
        const waitMs = Math.max(pauseMs, (retryAfterOf(error) ?? 0) * 1_000);
        if (!passes(error) || Date.now() + waitMs > giveUpAt) throw error;
        await sleep(waitMs, undefined, { signal: options.signal }).catch(() =>
          options.signal?.throwIfAborted(),
        );
      }
    }
  };
}

async function ask(request: Request, options: TransportOptions): Promise<Response> {
  const ended = AbortSignal.any([request.signal, ...(options.signal ? [options.signal] : [])]);
  const signal = AbortSignal.any([ended, AbortSignal.timeout(options.timeoutMs)]);
  const response = await options.fetch(new Request(request, { signal })).catch((error: unknown) => {
    if (ended.aborted) throw error;
    throw new UnreachableError(reasonOf(error, request.url), { cause: error });
  });
  const type = response.headers.get('content-type') ?? '';
  if (response.ok || isReadiness(request, type)) return response;
  if (!type.startsWith('application/problem+json')) throw new UnexpectedAnswerError(response.status);
  throw new ProblemError((await response.json()) as Problem, secondsOf(response.headers.get('retry-after')));
}

function isReadiness({ url }: Request, type: string): boolean {
  return new URL(url).pathname.endsWith(READINESS) && type.startsWith('application/json');
}

function passes(error: unknown): boolean {
  if (error instanceof ProblemError || error instanceof UnexpectedAnswerError)
    return passingStatuses.has(error.status);
  return error instanceof UnreachableError;
}

function retryAfterOf(error: unknown): number | undefined {
  return error instanceof ProblemError ? error.retryAfterSeconds : undefined;
}

function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}

function reasonOf(error: unknown, url: string): string {
  const { origin } = new URL(url);
  if (error instanceof Error && error.name === 'TimeoutError') return `${origin} did not answer in time.`;
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  return `${origin} can't be reached${code === undefined ? '' : ` (${code})`}.`;
}
