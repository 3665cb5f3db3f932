import type { Delivery } from '@dci-superoffice/client';
import { afterAll, beforeAll, expect } from 'vitest';
import type { CrmRecord } from '../../sandbox/crm.js';
import { countDuplicates } from '../../sandbox/records.js';
import { type DatabaseEngine, type Harness, startHarness, type TestTenant } from './harness.js';
import { meetingSummaries, type TestSummary } from './meetings.js';

/** A harness with a worker for the scenarios of a `describe` block. */
export function scenarioHarness(engine: DatabaseEngine, overrides: NodeJS.ProcessEnv = {}): () => Harness {
  let harness: Harness | undefined;
  beforeAll(async () => {
    harness = await startHarness(overrides, engine);
    await harness.startWorker();
  });
  afterAll(() => harness?.stop());
  return () => {
    if (!harness) throw new Error('The harness has not started.');
    return harness;
  };
}

/** So many summaries of different meetings: the real ones, and again under other ids where they do not suffice. */
export function manySummaries(count: number): TestSummary[] {
  const real = meetingSummaries();
  return Array.from({ length: count }, (_, index) => {
    const summary = real[index % real.length];
    if (!summary) throw new Error('There are no meetings.');
    const round = Math.floor(index / real.length);
    return round === 0 ? summary : { ...summary, meetingId: `${summary.meetingId}-${round}` };
  });
}

/** Hands summaries in, a few at a time: their delivery ids, in the same order. */
export async function submitAll({ api }: TestTenant, summaries: readonly object[]): Promise<string[]> {
  const ids: string[] = [];
  const queue = [...summaries.entries()];
  const submit = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      ids[next[0]] = (await api.submit(next[1])).deliveryId ?? 'skipped';
    }
  };
  await Promise.all(Array.from({ length: 8 }, submit));
  return ids;
}

/** Follows deliveries, one at a time, until each is in a state. */
export async function untilAll(
  harness: Harness,
  tenant: TestTenant,
  ids: readonly string[],
  state: Delivery['state'],
): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (const id of ids) deliveries.push(await harness.until(tenant, id, (one) => one.state === state));
  return deliveries;
}

/**
 * Waits until so many deliveries of a tenant are in Temporal's list of what is parked, which is a little behind: whoever
 * starts again what is parked, or counts it, goes by that.
 */
export async function listedAsParked({ api }: TestTenant, count: number): Promise<void> {
  await expect.poll(async () => (await api.deliveries({ state: 'parked' })).deliveries).toHaveLength(count);
}

/** Nothing lost and nothing twice, counted in SuperOffice. */
export function expectEachFiledOnce(
  harness: Harness,
  { customerInstance }: TestTenant,
  summaries: readonly TestSummary[],
): void {
  const meetings = (records: readonly Pick<CrmRecord, 'meetingId'>[]) =>
    records.map(({ meetingId }) => meetingId).sort();
  const records = harness.sandbox.records(customerInstance);
  expect(meetings(records)).toEqual(meetings(summaries));
  expect(countDuplicates(records)).toBe(0);
}
