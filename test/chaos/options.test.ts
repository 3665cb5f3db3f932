import { expect, test } from 'vitest';
import { readOptions } from '../../chaos/options.js';

const read = (...args: string[]) => readOptions(args, () => 4711);

test('nothing asked for, it is the whole run, with a seed of its own', () => {
  expect(read()).toEqual({
    plan: { seed: 4711, deliveries: 10_000, tenants: 50, kills: 20, faultShare: 0.3, ratePerSecond: 20 },
    isSoak: false,
  });
});

test('a seed and figures are taken as they are given', () => {
  const args = [
    '--seed',
    '1',
    '--deliveries',
    '300',
    '--tenants',
    '6',
    '--kills',
    '4',
    '--fault-share',
    '0.5',
  ];
  expect(read(...args, '--rate', '15')).toEqual({
    plan: { seed: 1, deliveries: 300, tenants: 6, kills: 4, faultShare: 0.5, ratePerSecond: 15 },
    isSoak: false,
  });
});

test('a soak kills nothing, and has as many summaries as its time needs', () => {
  expect(read('--soak', '30m')).toMatchObject({
    plan: { deliveries: 9_000, kills: 0, ratePerSecond: 5 },
    isSoak: true,
  });
});

test('help comes before everything else', () => {
  expect(read('--help')).toBeUndefined();
});

test('what is wrong is named', () => {
  expect(() => read('--deliveries', 'many', '--soak', 'long')).toThrow(
    /deliveries[^]*soak|soak[^]*deliveries/,
  );
  expect(() => read('--kill', '3')).toThrow(/--kill/);
});
