import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describePlan } from '../../chaos/plan-text.js';
import { makePlan, type PlanOptions, processKinds } from '../../chaos/plan.js';

const asked: Omit<PlanOptions, 'seed'> = {
  deliveries: 10_000,
  tenants: 50,
  kills: 20,
  faultShare: 0.3,
  ratePerSecond: 20,
  workers: 2,
};
const seeds = fc.integer({ min: 0, max: 0x7fff_ffff });
const planOf = (seed: number, changes: Partial<PlanOptions> = {}) => makePlan({ ...asked, ...changes, seed });
const kindOf = (process: string) => process.replace(/-\d+$/, '');

describe('a plan', () => {
  test('is the same for the same seed, to the letter', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(planOf(seed)).toEqual(planOf(seed));
        expect(describePlan(planOf(seed))).toBe(describePlan(planOf(seed)));
      }),
      { numRuns: 20 },
    );
  });

  test('is another one for another seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(planOf(seed).killList).not.toEqual(planOf(seed + 1).killList);
      }),
      { numRuns: 50 },
    );
  });

  test('kills as often as it is asked to, while summaries are handed in, and every process as often as the others', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 20, max: 60 }), (seed, kills) => {
        const { killList, seconds } = planOf(seed, { kills });
        expect(killList).toHaveLength(kills);
        for (const { second } of killList) expect(second).toBeLessThan(seconds);
        expect(killList).toEqual([...killList].sort((a, b) => a.second - b.second));
        for (const kind of processKinds) {
          const times = killList.filter(({ process }) => kindOf(process) === kind).length;
          expect(times).toBeGreaterThanOrEqual(Math.floor(kills / processKinds.length));
        }
      }),
    );
  });

  test('names workers that there are', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 4 }), (seed, workers) => {
        for (const { process } of planOf(seed, { workers }).killList) {
          const number = /^worker-(\d+)$/.exec(process)?.[1];
          if (number !== undefined) expect(Number(number)).toBeLessThanOrEqual(workers);
        }
      }),
    );
  });

  test('has tenants revoked, paused, moved and under maintenance, each with its end before the last summary', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 4, max: 200 }), (seed, tenants) => {
        const { events, seconds } = planOf(seed, { tenants });
        const kinds = new Set(events.map(({ what }) => what));
        expect([...kinds].sort()).toEqual(['key revoked', 'moved', 'paused', 'under maintenance']);
        expect(new Set(events.map(({ tenant }) => tenant)).size).toBe(events.length);
        for (const { what, second, untilSecond } of events) {
          if (what === 'moved') expect(untilSecond).toBeUndefined();
          else expect(untilSecond).toBeGreaterThan(second);
          expect(untilSecond ?? second).toBeLessThanOrEqual(seconds);
        }
      }),
    );
  });

  test('refuses some summaries, cancels others, and none is both', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { refused, cancelled, owners } = planOf(seed);
        expect([refused.size, cancelled.size, owners.length]).toEqual([10, 20, 10_000]);
        expect([...refused].filter((index) => cancelled.has(index))).toEqual([]);
        expect(new Set(owners).size).toBe(50);
      }),
      { numRuns: 20 },
    );
  });

  test('leaves enough time between kills, however few summaries there are', () => {
    expect(planOf(1, { deliveries: 10 }).seconds).toBe(60);
    expect(planOf(1).seconds).toBe(500);
  });
});
