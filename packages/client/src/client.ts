import createFetchClient, { type Client as FetchClient } from 'openapi-fetch';
import { answered } from './answered.js';
import type { paths } from './schema.js';
import { createTenantClient, type TenantClient } from './tenant.js';
import { createTransport } from './transport.js';
import type { Overview } from './types.js';

/** How to reach a service. Times in milliseconds. */
export interface ClientOptions {
  /** Such as `https://summaries.example.com`. */
  baseUrl: string;
  /** One of the service's tokens. */
  token: string;
  /** For one call; the service itself waits for at most 90 s, in a test. 100 s by default. */
  timeoutMs?: number;
  /**
   * For how long a call is made again while the service is away or asks to slow down (no answer, 429, 502, 503, 504);
   * not at all by default. Every call may be repeated: the same summary is the same delivery.
   */
  retryForMs?: number | undefined;
  /** Ends every call that is under way, and the pauses between calls that are made again, with its reason. */
  signal?: AbortSignal | undefined;
  /** In place of the global one. */
  fetch?: (request: Request) => Promise<Response>;
}

/** The service's API. Every method throws a `ClientError`: a `ProblemError` where the service refused. */
export interface Client {
  /** Everything of one tenant. */
  tenant(tenantId: string): TenantClient;
  /** How all tenants are: what is parked, what is slow, throughput, workers. */
  overview(): Promise<Overview>;
  /** Every route of the document, by path and typed: `http.GET('/readyz')`. */
  readonly http: FetchClient<paths>;
}

const DEFAULT_TIMEOUT_MS = 100_000;

/** A client of the service. It keeps nothing open. */
export function createClient(options: ClientOptions): Client {
  const {
    baseUrl,
    token,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    retryForMs = 0,
    signal,
    fetch = globalThis.fetch,
  } = options;
  const http = createFetchClient<paths>({
    baseUrl,
    fetch: createTransport({ token, timeoutMs, retryForMs, signal, fetch }),
  });
  return {
    http,
    tenant: (tenantId) => createTenantClient(http, tenantId),
    overview: async () => answered(await http.GET('/v1/operations/overview')),
  };
}
