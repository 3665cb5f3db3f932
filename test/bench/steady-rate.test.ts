import { expect, test } from 'vitest';
import { steadyRate } from '../../bench/steady-rate.js';

const everyTenMs = Array.from({ length: 101 }, (_, index) => index * 10);

test('arrivals at a steady pace have that pace', () => {
  expect(steadyRate(everyTenMs)).toBeCloseTo(100);
});

test('one straggler does not set the pace of a round', () => {
  expect(steadyRate([...everyTenMs.slice(0, -1), 60_000])).toBeCloseTo(100);
});

test('the order in which arrivals are told does not matter', () => {
  expect(steadyRate(everyTenMs.toReversed())).toBeCloseTo(100);
});
