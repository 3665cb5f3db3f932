import type { Dispatcher } from 'undici';
import { callHttp, TransportError } from './http.js';
import { assertAllowedUrl, type HostPolicy } from './host-policy.js';
import { type Customer, stateHostOf, stateUrl } from './state-url.js';
import { readTenantStatus, type TenantStatus } from './tenant-state.js';

/** Where the tenants of SuperOffice live, and how they are doing. */
export interface TenantDirectory {
  /**
   * The status of a customer; undefined where it can't be told because the state API is away.
   *
   * @param freshAfter ask anew unless what is known was learned after this time (milliseconds since the epoch)
   * @throws HostRefusedError when the tenant's endpoint is not an allowed host
   */
  lookUp(customer: Customer, freshAfter?: number): Promise<TenantStatus | undefined>;
}

export interface TenantDirectoryOptions {
  dispatcher: Dispatcher;
  policy: HostPolicy;
  now?: () => number;
}

/** What is known is used at most so long, in milliseconds, whatever validity the state API promises. */
const MAX_AGE_MS = 60 * 60_000;
/** A tenant that does not run is asked about again after this time, in milliseconds. */
const NOT_RUNNING_AGE_MS = 10_000;
const TIMEOUT_MS = 10_000;
/**
 * A state API that can't tell is left alone for so many times as long as it took to say so. Otherwise one that hangs would
 * take its time-out of every delivery, within the tenant's turn, though the last known endpoint serves as well.
 */
const REST_SHARE = 3;

interface Entry {
  status: TenantStatus;
  learnedAt: number;
  expiresAt: number;
}

/** A directory over the state API that remembers a tenant's endpoint for as long as the API says it is valid. */
export function createTenantDirectory(options: TenantDirectoryOptions): TenantDirectory {
  const { dispatcher, policy, now = Date.now } = options;
  const entries = new Map<string, Entry>();
  const underWay = new Map<string, Promise<Entry | undefined>>();
  /** Until when a customer is not asked about, since it could not be told. */
  const restUntil = new Map<string, number>();

  async function ask(customer: Customer): Promise<Entry | undefined> {
    const learnedAt = now();
    const status = await askStateApi(customer);
    if (status === undefined) {
      restUntil.set(keyOf(customer), now() + (now() - learnedAt) * REST_SHARE);
      return undefined;
    }
    restUntil.delete(keyOf(customer));
    if (status.kind === 'running') assertAllowedUrl(new URL(status.endpoint), policy);
    const entry = { status, learnedAt, expiresAt: expiryOf(status, learnedAt) };
    entries.set(keyOf(customer), entry);
    return entry;
  }

  async function askStateApi(customer: Customer): Promise<TenantStatus | undefined> {
    const url = stateUrl(customer, policy.domain);
    assertAllowedUrl(url, policy);
    try {
      const answer = await callHttp(dispatcher, {
        url,
        method: 'GET',
        template: '/api/state/{customer}',
        headers: { accept: 'application/json' },
        timeoutMs: TIMEOUT_MS,
      });
      return readTenantStatus(answer.status, answer.body);
    } catch (error) {
      if (error instanceof TransportError) return undefined;
      throw error;
    }
  }

  function askOnce(customer: Customer): Promise<Entry | undefined> {
    const key = keyOf(customer);
    const asking = underWay.get(key);
    if (asking) return asking;
    const started = ask(customer).finally(() => underWay.delete(key));
    underWay.set(key, started);
    return started;
  }

  return {
    async lookUp(customer, freshAfter) {
      // An installation on premises has no state API, and does not move.
      const script = policy.onPremises?.get(customer.customerInstance);
      if (script !== undefined) return { kind: 'running', endpoint: script, validUntil: Infinity };
      const known = entries.get(keyOf(customer));
      if (known && isUsable(known, now(), freshAfter)) return known.status;
      const rests = freshAfter === undefined && now() < (restUntil.get(keyOf(customer)) ?? 0);
      const asked = rests ? undefined : await askOnce(customer);
      if (asked) return asked.status;
      // While the state API is away, the last known endpoint is the best guess.
      return known?.status.kind === 'running' ? known.status : undefined;
    },
  };
}

/** The same number may be another customer in another environment. */
function keyOf({ domainPrefix, customerInstance }: Customer): string {
  return `${stateHostOf(domainPrefix)}/${customerInstance}`;
}

function isUsable(entry: Entry, now: number, freshAfter: number | undefined): boolean {
  return freshAfter === undefined ? now < entry.expiresAt : entry.learnedAt >= freshAfter;
}

function expiryOf(status: TenantStatus, learnedAt: number): number {
  if (status.kind !== 'running') return learnedAt + NOT_RUNNING_AGE_MS;
  // A validity that can't be read is no number: no time is before it.
  return Math.min(status.validUntil, learnedAt + MAX_AGE_MS);
}
