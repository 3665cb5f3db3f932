import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultKinds } from '../../chaos/fault-kinds.js';
import { createWeather } from '../../chaos/weather.js';
import { faultSchema } from '../../sandbox/faults.js';

const seeds = fc.integer({ min: 0, max: 0x7fff_ffff });
const shares = fc.integer({ min: 1, max: 90 }).map((percent) => percent / 100);

test('the same seed lets the calls of a tenant meet the same faults in the same order', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 0, max: 99 }), (seed, tenant) => {
      const [one, other] = [1, 2].map(() => {
        const weather = createWeather({ seed, faultShare: 0.3 }, tenant);
        return Array.from({ length: 120 }, () => weather.ofScriptCall());
      });
      expect(one).toEqual(other);
    }),
    { numRuns: 20 },
  );
});

test('at least the share that was asked for of the calls meets a fault', () => {
  fc.assert(
    fc.property(seeds, shares, (seed, faultShare) => {
      const weather = createWeather({ seed, faultShare }, 0);
      const calls = Array.from({ length: 500 }, () => weather.ofScriptCall());
      const lookups = Array.from({ length: 500 }, () => weather.ofStateLookup());
      for (const answers of [calls, lookups]) {
        expect(answers.filter((fault) => fault !== undefined).length / 500).toBeGreaterThanOrEqual(
          faultShare,
        );
      }
    }),
  );
});

test('every fault that the sandbox has is among them, and is met', () => {
  const types = faultSchema.options.map(({ shape }) => shape.type.value);
  const planned = [...faultKinds.map(({ fault }) => fault.type), 'state-down'];
  expect(new Set(planned)).toEqual(new Set(types));

  const weather = createWeather({ seed: 7, faultShare: 0.3 }, 3);
  for (let call = 0; call < 1_000; call += 1) {
    weather.ofScriptCall();
    weather.ofStateLookup();
  }
  expect([...weather.dealt.keys()].sort()).toEqual(
    [...faultKinds.map(({ name }) => name), 'state-down'].sort(),
  );
});

test('a weather that cleared up lets every call through, and counts on', () => {
  const weather = createWeather({ seed: 7, faultShare: 0.9 }, 0);
  const faults = Array.from({ length: 100 }, () => weather.ofScriptCall()).filter((fault) => fault);
  weather.clearUp();
  expect(Array.from({ length: 100 }, () => weather.ofScriptCall())).toEqual(Array(100).fill(undefined));
  expect(weather.ofStateLookup()).toBeUndefined();
  expect([...weather.dealt.values()].reduce((sum, times) => sum + times, 0)).toBe(faults.length);
});
