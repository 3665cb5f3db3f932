import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type TransientTrouble, transientTroubles } from '../../src/domain/diagnosis.js';
import {
  DEFAULT_RETRY_PACING,
  MAX_RETRY_AFTER_MS,
  MIN_RETRY_AFTER_MS,
  retryDelayMs,
  type RetryPacing,
} from '../../src/superoffice/retry-delay.js';

const ALMOST_ONE = 1 - Number.EPSILON;
const codes = Object.keys(transientTroubles) as TransientTrouble[];

const attempt = fc.integer({ min: 1, max: 5_000 });
const share = fc.double({ min: 0, max: ALMOST_ONE, noNaN: true });
const code = fc.constantFrom(...codes);
const pacing: fc.Arbitrary<RetryPacing> = fc.record({
  initialDelayMs: fc.integer({ min: 1, max: 60_000 }),
  maximumDelayMs: fc.integer({ min: 60_000, max: 86_400_000 }),
  maintenanceDelayMs: fc.integer({ min: 1, max: 86_400_000 }),
});

function delayMs(
  failed: Parameters<typeof retryDelayMs>[0],
  random: number,
  used: RetryPacing = DEFAULT_RETRY_PACING,
): number {
  return retryDelayMs(failed, used, () => random);
}

describe('without a Retry-After', () => {
  test.each([
    [1, 2_000],
    [2, 4_000],
    [5, 32_000],
    [10, 1_024_000],
    [11, 1_800_000],
    [12, 1_800_000],
    [10_000, 1_800_000],
  ])('waits after attempt %i at most %i ms', (failed, bound) => {
    expect(delayMs({ attempt: failed, code: 'network' }, ALMOST_ONE)).toBe(bound);
    expect(delayMs({ attempt: failed, code: 'network' }, 0.5)).toBe(bound / 2);
    expect(delayMs({ attempt: failed, code: 'network' }, 0)).toBe(0);
  });

  test('is a whole number of milliseconds between nothing and the cap', () => {
    fc.assert(
      fc.property(attempt, share, pacing, code, (failed, random, used, trouble) => {
        fc.pre(trouble !== 'maintenance');
        const delay = delayMs({ attempt: failed, code: trouble }, random, used);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(used.maximumDelayMs);
      }),
    );
  });

  test('never shrinks from one attempt to the next, for the same chance', () => {
    fc.assert(
      fc.property(attempt, share, pacing, code, (failed, random, used, trouble) => {
        const next = delayMs({ attempt: failed + 1, code: trouble }, random, used);
        expect(next).toBeGreaterThanOrEqual(delayMs({ attempt: failed, code: trouble }, random, used));
      }),
    );
  });

  test('spreads evenly over the whole bound', () => {
    const failed = { attempt: 30, code: 'server-error' } as const;
    fc.assert(
      fc.property(share, (random) => {
        expect(delayMs(failed, random)).toBe(Math.round(DEFAULT_RETRY_PACING.maximumDelayMs * random));
      }),
    );
  });

  test.each(['throttled', 'timeout'] as const)('starts three doublings further up after "%s"', (trouble) => {
    fc.assert(
      fc.property(attempt, share, pacing, (failed, random, used) => {
        expect(delayMs({ attempt: failed, code: trouble }, random, used)).toBe(
          delayMs({ attempt: failed + 3, code: 'network' }, random, used),
        );
      }),
    );
  });
});

describe('during maintenance', () => {
  test('waits between 7.5 and 15 minutes, if nothing else is configured', () => {
    const failed = { attempt: 1, code: 'maintenance' } as const;
    expect(delayMs(failed, 0)).toBe(7.5 * 60_000);
    expect(delayMs(failed, ALMOST_ONE)).toBe(15 * 60_000);
  });

  test('keeps the pace of the window, whatever the attempt', () => {
    fc.assert(
      fc.property(attempt, share, pacing, (failed, random, used) => {
        const delay = delayMs({ attempt: failed, code: 'maintenance' }, random, used);
        expect(delay).toBeGreaterThanOrEqual(Math.floor(used.maintenanceDelayMs / 2));
        expect(delay).toBeLessThanOrEqual(used.maintenanceDelayMs);
      }),
    );
  });
});

describe('with a Retry-After', () => {
  test('is never earlier than asked, and at most a tenth later, within 1 s and 6 h', () => {
    const asked = fc.oneof(fc.integer({ min: 0, max: 2 * MAX_RETRY_AFTER_MS }), fc.maxSafeNat());
    fc.assert(
      fc.property(asked, attempt, share, code, (retryAfterMs, failed, random, trouble) => {
        const obeyed = Math.min(Math.max(retryAfterMs, MIN_RETRY_AFTER_MS), MAX_RETRY_AFTER_MS);
        const delay = delayMs({ attempt: failed, code: trouble, retryAfterMs }, random);
        expect(delay).toBeGreaterThanOrEqual(obeyed);
        expect(delay).toBeLessThanOrEqual(Math.ceil(obeyed * 1.1));
      }),
    );
  });

  test.each([
    [0, 1_000],
    [999, 1_000],
    [30_000, 30_000],
    [6 * 3_600_000, 6 * 3_600_000],
    [365 * 86_400_000, 6 * 3_600_000],
  ])('asked for %i ms, waits %i ms at the least', (retryAfterMs, least) => {
    expect(delayMs({ attempt: 9, code: 'throttled', retryAfterMs }, 0)).toBe(least);
  });
});
