import { expect, test } from 'vitest';
import { cached } from '../../../src/service/metrics/cached.js';

test('a value is looked up when it is asked for, once for all who ask, and again when it is old', async () => {
  let now = 0;
  let lookUps = 0;
  const value = cached(
    () => Promise.resolve((lookUps += 1)),
    1_000,
    () => now,
  );
  expect(lookUps).toBe(0);
  expect(await Promise.all([value(), value()])).toEqual([1, 1]);
  now = 999;
  expect(await value()).toBe(1);
  now = 1_000;
  expect(await value()).toBe(2);
});

test('what can not be told is undefined, until it can', async () => {
  let now = 0;
  let isAway = true;
  const value = cached(
    () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(7)),
    1_000,
    () => now,
  );
  expect(await value()).toBeUndefined();
  isAway = false;
  expect(await value()).toBeUndefined();
  now = 1_000;
  expect(await value()).toBe(7);
});
