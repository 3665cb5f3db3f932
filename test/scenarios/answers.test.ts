import { describe, expect, test } from 'vitest';
import type { Fault } from '../../sandbox/faults.js';
import type { ObservedAttempt } from '../../src/activities/observer.js';
import { databaseEngines } from '../support/harness.js';
import {
  expectEachFiledOnce,
  manySummaries,
  scenarioHarness,
  submitAll,
  untilAll,
} from '../support/scenario.js';
import { type MetAnswer, pageOfTroubles } from './support/page-of-troubles.js';

/** Rows of the table of answers that pass by themselves: the summary arrives, after so many calls. */
const passing: { answer: string; faults: Fault[]; calls: number }[] = [
  { answer: 'JSON with the echo and `ok: true`', faults: [], calls: 1 },
  { answer: 'the same in blank lines', faults: [{ type: 'whitespace', times: 1 }], calls: 1 },
  {
    answer: '`ok: false`, of a script that failed',
    faults: [{ type: 'not-ok', error: 'boom', times: 1 }],
    calls: 2,
  },
  {
    answer: 'a 500 of the script',
    faults: [{ type: 'not-ok', error: 'boom', status: 500, times: 1 }],
    calls: 2,
  },
  ...[408, 409, 423, 425, 429, 500, 502, 503, 504].map((status) => ({
    answer: String(status),
    faults: [{ type: 'status', status, times: 1 } as const],
    calls: 2,
  })),
  { answer: '429 with Retry-After', faults: [{ type: 'throttle', retryAfter: 1, times: 1 }], calls: 2 },
  { answer: '421, though the tenant has not moved', faults: [{ type: 'moved', times: 1 }], calls: 2 },
  { answer: 'a reset', faults: [{ type: 'reset', times: 1 }], calls: 2 },
  { answer: 'none within the time', faults: [{ type: 'hang', times: 1 }], calls: 2 },
  { answer: 'one that breaks off', faults: [{ type: 'truncated', times: 1 }], calls: 2 },
  { answer: 'none, though it landed', faults: [{ type: 'landed-timeout', times: 1 }], calls: 2 },
  { answer: 'a reset, though it landed', faults: [{ type: 'landed-reset', times: 1 }], calls: 2 },
];

/** Rows that need a person: parked with this code. */
const parking: { answer: string; fault: Fault; code: string }[] = [
  { answer: '2xx with a web page', fault: { type: 'html' }, code: 'script-not-reached' },
  { answer: '2xx with the source of the script', fault: { type: 'source' }, code: 'script-source' },
  { answer: '2xx without the echo', fault: { type: 'no-echo' }, code: 'wrong-script' },
  { answer: '2xx with the echo of another', fault: { type: 'wrong-echo' }, code: 'wrong-script' },
  { answer: '2xx with 2 MB of JSON', fault: { type: 'oversized' }, code: 'wrong-script' },
  { answer: '2xx with nothing', fault: { type: 'empty' }, code: 'wrong-script' },
  {
    answer: '`ok: false`, a refusal',
    fault: { type: 'not-ok', error: 'bad-request' },
    code: 'script-refused',
  },
  { answer: '401', fault: { type: 'status', status: 401 }, code: 'unauthorized' },
  { answer: '403', fault: { type: 'status', status: 403 }, code: 'unauthorized' },
  { answer: '404', fault: { type: 'status', status: 404 }, code: 'not-found' },
  { answer: '405', fault: { type: 'status', status: 405 }, code: 'verb-blocked' },
  { answer: '410', fault: { type: 'status', status: 410 }, code: 'not-found' },
  { answer: '400', fault: { type: 'status', status: 400 }, code: 'payload-refused' },
  { answer: '413', fault: { type: 'status', status: 413 }, code: 'payload-refused' },
  { answer: '422', fault: { type: 'status', status: 422 }, code: 'payload-refused' },
  { answer: '302', fault: { type: 'redirect' }, code: 'redirected' },
];

const closed = [
  { answer: 'the customer is deleted', state: 'Deleted', code: 'tenant-deleted' },
  { answer: 'the customer is suspended', state: 'Suspended', code: 'tenant-suspended' },
  { answer: 'the customer is unknown', state: 'Unknown', code: 'tenant-unknown' },
] as const;

describe.each(databaseEngines)('answers of SuperOffice, on the %s database', (engine) => {
  // What is mended starts again when somebody asks for it, not by a probe.
  const harness = scenarioHarness(engine, {
    RECOVERY_PROBE_INITIAL: '1h',
    RECOVERY_PROBE_MAXIMUM: '1h',
  });
  const [summary] = manySummaries(1);
  if (!summary) throw new Error('There is no meeting.');
  /** By answer, since a test may be tried twice. */
  const met = new Map<string, MetAnswer>();
  /** What the log tells of the first call of a delivery. */
  const firstCall = (deliveryId: string | undefined) =>
    harness()
      .logs.map((line) => JSON.parse(line) as Partial<ObservedAttempt>)
      .find((line) => line.deliveryId === deliveryId && line.attempt === 1 && line.code !== undefined);

  test.concurrent.for(passing)('$answer: the summary arrives once', async ({ answer, faults, calls }) => {
    const tenant = await harness().connectTenant();
    harness().sandbox.addFaults(tenant.customerInstance, ...faults);
    const [delivery] = await untilAll(harness(), tenant, await submitAll(tenant, [summary]), 'delivered');
    expect(delivery?.attempts).toBe(calls);
    expectEachFiledOnce(harness(), tenant, [summary]);
    const { code = '', next } = firstCall(delivery?.deliveryId) ?? {};
    expect(next).toBe(calls === 1 ? 'done' : 'retry');
    met.set(answer, { answer, calls, code, outcome: 'passes' });
  });

  test.concurrent.for(parking)(
    '$answer: parked as $code, and delivered once after the mend',
    // A poll belongs to a test: of those that run at once, each has an `expect` of its own.
    async ({ answer, fault, code }, { expect }) => {
      const tenant = await harness().connectTenant();
      harness().sandbox.addFaults(tenant.customerInstance, fault);
      const ids = await submitAll(tenant, [summary]);
      const [parked] = await untilAll(harness(), tenant, ids, 'parked');
      expect(parked?.lastFailure).toMatchObject({ code, remedy: expect.stringMatching(/\w/) as string });
      met.set(answer, { answer, calls: parked?.attempts ?? 0, code, outcome: 'parks' });
      harness().sandbox.tenant(tenant.customerInstance).faults = [];
      // Temporal's list is a little behind.
      await expect.poll(() => tenant.api.retryAll()).toBe(1);
      await untilAll(harness(), tenant, ids, 'delivered');
      expectEachFiledOnce(harness(), tenant, [summary]);
    },
  );

  test.concurrent.for(closed)('$answer: parked as $code', async ({ answer, state, code }) => {
    const tenant = await harness().connectTenant();
    harness().sandbox.tenant(tenant.customerInstance).state = state;
    const ids = await submitAll(tenant, [summary]);
    const [parked] = await untilAll(harness(), tenant, ids, 'parked');
    expect(parked?.lastFailure).toMatchObject({ code });
    // At most the one by which this is noticed: the customer was running when it was connected.
    expect(harness().sandbox.counters(tenant.customerInstance).hits).toBeLessThanOrEqual(1);
    met.set(answer, { answer, calls: parked?.attempts ?? 0, code, outcome: 'parks' });
  });

  test('and the page of the documentation says the same', async () => {
    const inOrder = [...passing, ...parking, ...closed].flatMap(({ answer }) => met.get(answer) ?? []);
    expect(inOrder).toHaveLength(passing.length + parking.length + closed.length);
    await expect(pageOfTroubles(inOrder)).toMatchFileSnapshot('../../docs/what-can-go-wrong.md');
  });
});
