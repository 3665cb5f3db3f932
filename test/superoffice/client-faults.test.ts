import { describe, expect, test, vi } from 'vitest';
import type { Fault } from '../../sandbox/faults.js';
import { SHIPPED_VERSION } from '../../sandbox/installed-script.js';
import type { Attempt } from '../../src/superoffice/client.js';
import { CUST, DELIVERY_ID, summaryPush } from './support/summary-push.js';
import { withSuperOffice } from './support/with-superoffice.js';

/** For calls that end by it: no answer ever comes. */
const SHORT_MS = 1_500;

type ScriptFault = Exclude<Fault['type'], 'state-down'>;

interface Case {
  fault: Fault;
  attempt: Partial<Attempt>;
  /** Whether the summary is filed all the same. */
  filed?: true;
  requestTimeoutMs?: number;
}

const created = { result: 'created', recordId: '1001', matchedContacts: 1, matchedCompanies: 1 } as const;

const park = (code: string, status = 200) => ({ status, meaning: { next: 'park', code } }) as Attempt;
const retry = (code: string, status?: number, retryAfterMs?: number) =>
  ({
    ...(status !== undefined && { status }),
    meaning: { next: 'retry', code, ...(retryAfterMs !== undefined && { retryAfterMs }) },
  }) as Attempt;

/** Every fault of the sandbox: a new one has no entry, and does not compile. */
const casesByFault: Record<ScriptFault, Case[]> = {
  status: [
    { fault: { type: 'status', status: 400 }, attempt: park('payload-refused', 400) },
    { fault: { type: 'status', status: 401 }, attempt: park('unauthorized', 401) },
    { fault: { type: 'status', status: 403 }, attempt: park('unauthorized', 403) },
    { fault: { type: 'status', status: 404 }, attempt: park('not-found', 404) },
    { fault: { type: 'status', status: 410 }, attempt: park('not-found', 410) },
    { fault: { type: 'status', status: 413 }, attempt: park('payload-refused', 413) },
    { fault: { type: 'status', status: 418 }, attempt: park('unexpected-status', 418) },
    { fault: { type: 'status', status: 304 }, attempt: park('redirected', 304) },
    { fault: { type: 'status', status: 204 }, attempt: park('wrong-script', 204) },
    { fault: { type: 'status', status: 423 }, attempt: retry('busy', 423) },
    { fault: { type: 'status', status: 500 }, attempt: retry('server-error', 500) },
    { fault: { type: 'status', status: 503, retryAfter: 120 }, attempt: retry('server-error', 503, 120_000) },
  ],
  throttle: [
    { fault: { type: 'throttle' }, attempt: retry('throttled', 429) },
    { fault: { type: 'throttle', retryAfter: 7 }, attempt: retry('throttled', 429, 7_000) },
    { fault: { type: 'throttle', retryAfter: 'soon' }, attempt: retry('throttled', 429) },
  ],
  redirect: [{ fault: { type: 'redirect' }, attempt: park('redirected', 302) }],
  reset: [{ fault: { type: 'reset' }, attempt: retry('network') }],
  hang: [{ fault: { type: 'hang' }, attempt: retry('timeout'), requestTimeoutMs: SHORT_MS }],
  empty: [{ fault: { type: 'empty' }, attempt: park('wrong-script') }],
  'no-echo': [{ fault: { type: 'no-echo' }, attempt: park('wrong-script') }],
  'wrong-echo': [{ fault: { type: 'wrong-echo' }, attempt: park('wrong-script') }],
  'not-ok': [
    { fault: { type: 'not-ok', error: 'no-owner' }, attempt: park('script-refused') },
    { fault: { type: 'not-ok', error: '404 Not Found' }, attempt: park('script-refused') },
    { fault: { type: 'not-ok', error: 'locked' }, attempt: retry('script-failed', 200) },
    { fault: { type: 'not-ok', error: 'locked', status: 500 }, attempt: retry('script-failed', 500) },
    { fault: { type: 'not-ok', error: 'bad', status: 422 }, attempt: park('payload-refused', 422) },
  ],
  html: [{ fault: { type: 'html' }, attempt: park('script-not-reached') }],
  source: [{ fault: { type: 'source' }, attempt: park('script-source') }],
  moved: [{ fault: { type: 'moved' }, attempt: retry('host-moved', 421) }],
  slow: [
    {
      fault: { type: 'slow', delayMs: 50 },
      attempt: { status: 200, meaning: { next: 'done', receipt: created, scriptVersion: SHIPPED_VERSION } },
      filed: true,
    },
    {
      fault: { type: 'slow', delayMs: 2 * SHORT_MS },
      attempt: retry('timeout'),
      filed: true,
      requestTimeoutMs: SHORT_MS,
    },
  ],
  'landed-reset': [{ fault: { type: 'landed-reset' }, attempt: retry('network'), filed: true }],
  'landed-timeout': [
    { fault: { type: 'landed-timeout' }, attempt: retry('timeout'), filed: true, requestTimeoutMs: SHORT_MS },
  ],
  truncated: [{ fault: { type: 'truncated' }, attempt: retry('answer-broken'), filed: true }],
  // An answer is cut off after 256 KB, so that its echo is not found: it parks though the summary is filed.
  oversized: [{ fault: { type: 'oversized' }, attempt: park('wrong-script'), filed: true }],
  whitespace: [
    {
      fault: { type: 'whitespace' },
      attempt: { status: 200, meaning: { next: 'done', receipt: created, scriptVersion: SHIPPED_VERSION } },
      filed: true,
    },
  ],
};

const cases = Object.values(casesByFault).flat();
const titled = (some: Case[]) => some.map((one) => [JSON.stringify(one.fault), one] as const);

const superOffice = withSuperOffice();

/** Connects to the host, so that a short time is spent on the call alone. */
async function connectFirst(): Promise<void> {
  superOffice.sandbox.addTenant({ customerInstance: 'Cust1' });
  await superOffice.client().push(summaryPush({ customerInstance: 'Cust1' }));
}

describe('every fault has its meaning', () => {
  test.each(titled(cases))('%s', async (_, { fault, attempt, filed, requestTimeoutMs }) => {
    const { sandbox } = superOffice;
    if (requestTimeoutMs !== undefined) await connectFirst();
    sandbox.addFaults(CUST, { ...fault, times: 1 });
    const client = superOffice.client({ ...(requestTimeoutMs && { requestTimeoutMs }) });
    expect(await client.push(summaryPush())).toEqual({
      host: `online2.${sandbox.domain}`,
      endpoint: `https://online2.${sandbox.domain}/${CUST}`,
      ...attempt,
    });
    expect(sandbox.counters(CUST).hitsPerDelivery).toEqual({ [DELIVERY_ID]: 1 });
    await vi.waitFor(() => expect(sandbox.records(CUST)).toHaveLength(filed ? 1 : 0), { timeout: 20_000 });
  });
});

describe('an attempt after a fault', () => {
  const transient = cases.filter(({ attempt }) => attempt.meaning?.next === 'retry');

  test.each(titled(transient))('files the summary exactly once after %s', async (_, one) => {
    const { fault, filed, requestTimeoutMs } = one;
    const { sandbox } = superOffice;
    if (requestTimeoutMs !== undefined) await connectFirst();
    sandbox.addFaults(CUST, { ...fault, times: 1 });
    await superOffice.client({ ...(requestTimeoutMs && { requestTimeoutMs }) }).push(summaryPush());
    await vi.waitFor(() => expect(sandbox.records(CUST)).toHaveLength(filed ? 1 : 0), { timeout: 20_000 });
    expect(await superOffice.client().push(summaryPush())).toMatchObject({
      meaning: { next: 'done', receipt: { ...created, result: filed ? 'duplicate' : 'created' } },
    });
    expect(sandbox.records(CUST)).toHaveLength(1);
  });
});

describe('an attempt that the caller aborts', () => {
  test('ends with the reason of the signal, and the call with it', async () => {
    const { sandbox } = superOffice;
    sandbox.addFaults(CUST, { type: 'hang' });
    const abort = new AbortController();
    const reason = new Error('The workflow was cancelled.');
    const pushed = superOffice.client().push(summaryPush(), abort.signal);
    const ended = expect(pushed).rejects.toBe(reason);
    await vi.waitFor(() => expect(sandbox.counters(CUST).inFlight).toBe(1), { timeout: 20_000 });
    abort.abort(reason);
    await ended;
    await vi.waitFor(() => expect(sandbox.counters(CUST).inFlight).toBe(0), { timeout: 20_000 });
  });

  test('makes no call where it was aborted before', async () => {
    const reason = new Error('The workflow was cancelled.');
    const pushed = superOffice.client().push(summaryPush(), AbortSignal.abort(reason));
    await expect(pushed).rejects.toBe(reason);
    expect(superOffice.sandbox.counters(CUST).hits).toBe(0);
  });
});
