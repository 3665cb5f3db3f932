import type { Dispatcher } from 'undici';
import type { Connection } from '../domain/connection.js';
import { HostRefusedError } from '../domain/errors.js';
import type { UnrenderedPayload } from '../domain/payload.js';
import { type AnswerMeaning, type Meaning, meaningOfAnswer } from './answer.js';
import { assertAllowedUrl, type HostPolicy } from './host-policy.js';
import { callHttp, TransportError } from './http.js';
import { payloadBody } from './payload.js';
import { scriptUrl } from './script-url.js';
import { signatureOf } from './signature.js';
import type { Customer } from './state-url.js';
import type { TenantDirectory } from './tenant-directory.js';
import type { TenantStatus } from './tenant-state.js';
import { unlessAborted } from './unless-aborted.js';

/** A script may run for 60 s (docs: "Scripts have a 60 second run-time"), so a request waits longer than that. */
export const DEFAULT_REQUEST_TIMEOUT_MS = 75_000;

export interface SuperOfficeClientOptions {
  dispatcher: Dispatcher;
  policy: HostPolicy;
  directory: TenantDirectory;
  /** For one call, in milliseconds. */
  requestTimeoutMs?: number;
  now?: () => number;
}

/** A connection's secrets, open. */
export interface Credentials {
  /** The key of the receiver script: it leaves in the URL and nowhere else. */
  token: string;
  /** What the request is signed with; it never leaves. */
  signingSecret?: string;
}

/** One summary, ready to go. */
export interface Push extends Credentials {
  connection: Pick<Connection, 'domainPrefix' | 'customerInstance' | 'includeId' | 'endpoint'>;
  payload: UnrenderedPayload;
  summary: string;
}

/** What came of one attempt. */
export interface Attempt {
  meaning: Meaning;
  /** HTTP status of the last answer, if one came. */
  status?: number;
  /** Host that was called, without anything of the URL behind it. */
  host?: string;
  /** The customer's address that was called last: `https://online2.superoffice.com/Cust12345`. */
  endpoint?: string;
}

export interface SuperOfficeClient {
  /**
   * Asks where a customer lives and how it is doing, anew; undefined while the state API is away.
   *
   * @throws HostRefusedError when SuperOffice names a host that must not be called
   */
  lookUp(customer: Customer): Promise<TenantStatus | undefined>;
  /**
   * Whether a customer is known to be under maintenance, so that no call has to find out.
   *
   * @throws the signal's reason when the caller aborts
   */
  isAway(customer: Customer, signal?: AbortSignal): Promise<boolean>;
  /**
   * Carries one summary to the receiver script. Every outcome of the call is a meaning, not an error.
   *
   * @throws the signal's reason when the caller aborts
   */
  push(push: Push, signal?: AbortSignal): Promise<Attempt>;
}

/** A client of the receiver scripts of all tenants. */
export function createSuperOfficeClient(options: SuperOfficeClientOptions): SuperOfficeClient {
  const {
    dispatcher,
    policy,
    directory,
    requestTimeoutMs = DEFAULT_REQUEST_TIMEOUT_MS,
    now = Date.now,
  } = options;

  async function call(endpoint: string, push: Push, signal?: AbortSignal): Promise<CallResult> {
    const url = scriptUrl(endpoint, push.connection.includeId, push.token);
    assertAllowedUrl(url, policy);
    const { host } = url;
    const { deliveryId } = push.payload;
    const body = payloadBody(push.payload, push.summary);
    try {
      const answer = await callHttp(dispatcher, {
        url,
        method: 'POST',
        template: '/{customer}/CS/scripts/customer.fcgi',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json; charset=utf-8',
          // Custom headers reach a script only under this prefix (docs: getHttpHeader).
          'x-crmscript-delivery-id': deliveryId,
          ...(push.signingSecret !== undefined && {
            'x-crmscript-signature': signatureOf(push.signingSecret, body),
          }),
        },
        body,
        timeoutMs: requestTimeoutMs,
        signal,
      });
      return { host, endpoint, status: answer.status, meaning: meaningOfAnswer(answer, deliveryId, now()) };
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      return { host, endpoint, meaning: { next: 'retry', code: error.code, askTenantState: true } };
    }
  }

  async function attempt(push: Push, signal?: AbortSignal): Promise<Attempt> {
    const { connection } = push;
    const status = await unlessAborted(directory.lookUp(connection), signal);
    if (status && status.kind !== 'running') return { meaning: meaningOfStatus(status) };
    const endpoint = status?.endpoint ?? connection.endpoint ?? endpointFromPrefix(connection, policy);

    const calledAt = now();
    const first = await call(endpoint, push, signal);
    if (!first.meaning.askTenantState) return toAttempt(first);

    const fresh = await lookUpAfterCall(connection, calledAt, signal);
    if (fresh && fresh.kind !== 'running') return { ...toAttempt(first), meaning: meaningOfStatus(fresh) };
    if (fresh && fresh.endpoint !== endpoint) return toAttempt(await call(fresh.endpoint, push, signal));
    return toAttempt(first);
  }

  /** A caller that gives up now has its answer: it counts as it is, as while the state API is away. */
  async function lookUpAfterCall(
    customer: Customer,
    calledAt: number,
    signal: AbortSignal | undefined,
  ): Promise<TenantStatus | undefined> {
    try {
      return await unlessAborted(directory.lookUp(customer, calledAt), signal);
    } catch (error) {
      if (signal?.aborted && error === signal.reason) return undefined;
      throw error;
    }
  }

  return {
    lookUp: (customer) => directory.lookUp(customer, now()),

    async isAway(customer, signal) {
      try {
        return (await unlessAborted(directory.lookUp(customer), signal))?.kind === 'away';
      } catch (error) {
        // The call will say so, too.
        if (error instanceof HostRefusedError) return false;
        throw error;
      }
    },

    async push(push, signal) {
      try {
        return await attempt(push, signal);
      } catch (error) {
        if (error instanceof HostRefusedError) return { meaning: { next: 'park', code: 'host-refused' } };
        throw error;
      }
    },
  };
}

interface CallResult {
  host: string;
  endpoint: string;
  status?: number;
  meaning: AnswerMeaning;
}

function toAttempt({ meaning: { askTenantState: _, ...meaning }, ...rest }: CallResult): Attempt {
  return { ...rest, meaning };
}

function meaningOfStatus(status: Exclude<TenantStatus, { kind: 'running' }>): Meaning {
  return status.kind === 'away'
    ? { next: 'retry', code: 'maintenance' }
    : { next: 'park', code: status.code };
}

/** Without the state API, and never called before: the prefix that the admin entered is the only hint. */
function endpointFromPrefix({ domainPrefix, customerInstance }: Customer, { domain }: HostPolicy): string {
  return `https://${domainPrefix}.${domain}/${customerInstance}`;
}
