import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventRetryDelayMs } from '../../src/events/retry-delay.js';

const middle = () => 0.5;

test('follows the schedule that Standard Webhooks suggests, over three days', () => {
  const delays = Array.from({ length: 10 }, (_, index) =>
    eventRetryDelayMs(index + 1, 5_000, undefined, middle),
  );
  const seconds = delays.map((delay) => delay && delay / 1_000);
  expect(seconds).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, undefined]);
});

test('spreads each pause by a tenth', () => {
  expect(eventRetryDelayMs(2, 5_000, undefined, () => 0)).toBe(270_000);
  expect(eventRetryDelayMs(2, 5_000, undefined, () => 0.9999999)).toBe(330_000);
});

test('is never shorter than what the receiver asked for, within bounds', () => {
  expect(eventRetryDelayMs(1, 5_000, 60_000, middle)).toBe(60_000);
  expect(eventRetryDelayMs(1, 5_000, 1, middle)).toBe(5_000);
  expect(eventRetryDelayMs(1, 5_000, 1e12, middle)).toBe(6 * 3_600_000);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.nat(1e9),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (attempt, asked, random) => {
        const delay = eventRetryDelayMs(attempt, 5_000, asked, () => random) ?? 0;
        expect(delay).toBeGreaterThanOrEqual(Math.min(asked, 6 * 3_600_000));
      },
    ),
  );
});
