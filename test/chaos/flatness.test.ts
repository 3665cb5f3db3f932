import { describe, expect, test } from 'vitest';
import { judge } from '../../chaos/flatness.js';
import type { Sample } from '../../chaos/samples.js';

const MEGABYTE = 1_048_576;

/** Half an hour, a sample each 5 seconds. */
function halfAnHour(
  rssAt: (second: number) => number,
  handlesAt: (second: number) => number = () => 40,
): Sample[] {
  return Array.from({ length: 360 }, (_, index) => {
    const second = index * 5;
    return { second, rss: rssAt(second), handles: handlesAt(second) };
  });
}

/** As a garbage collector has it: up, and down at once. */
const sawtooth = (second: number) => (second % 90) * 0.5 * MEGABYTE;

function verdictOn(samples: Sample[]): Record<string, boolean> {
  return Object.fromEntries(
    judge(new Map([['worker-1', samples]])).map(({ what, isFlat }) => [what, isFlat]),
  );
}

describe('is flat', () => {
  test('memory that grows while it warms up, and then goes up and down', () => {
    const samples = halfAnHour((second) => (200 + Math.min(second, 400) / 4) * MEGABYTE + sawtooth(second));
    expect(verdictOn(samples)).toEqual({ memory: true, handles: true });
  });

  test('memory of which the system takes a part back for a minute', () => {
    const samples = halfAnHour((second) => {
      const taken = second >= 620 && second < 680 ? 100 : 0;
      return (250 - taken) * MEGABYTE + sawtooth(second);
    });
    expect(verdictOn(samples)).toEqual({ memory: true, handles: true });
  });
});

describe('is not flat', () => {
  test('memory that grows by 120 MB an hour below its ups and downs', () => {
    const samples = halfAnHour(
      (second) => 250 * MEGABYTE + (second / 3_600) * 120 * MEGABYTE + sawtooth(second),
    );
    expect(verdictOn(samples)).toEqual({ memory: false, handles: true });
  });

  test('one handle more every two minutes', () => {
    const samples = halfAnHour(
      () => 250 * MEGABYTE,
      (second) => 40 + Math.floor(second / 120),
    );
    expect(verdictOn(samples)).toEqual({ memory: true, handles: false });
  });

  test('what was not sampled', () => {
    expect(verdictOn([])).toEqual({ memory: false, handles: false });
  });
});

test('the growth of an hour is that of the straight line', () => {
  const [memory] = judge(new Map([['api', halfAnHour((second) => (100 + second / 36) * MEGABYTE)]]));
  expect((memory?.perHour ?? 0) / MEGABYTE).toBeCloseTo(100);
  expect((memory?.to ?? 0) / MEGABYTE).toBeCloseTo(100 + 1_795 / 36);
});
