import { expect, test } from 'vitest';
import { callsOf, shareOf } from '../../chaos/calls.js';
import { createWeather } from '../../chaos/weather.js';
import { Tenants } from '../../sandbox/tenants.js';

test('calls that met a fault, and those that met a revoked key, are told from the others, and look-ups from both', () => {
  const superOffice = new Tenants().put('Cust50001', {});
  const weather = createWeather({ seed: 1, faultShare: 0.3 }, 0);
  let dealt = 0;
  for (let call = 0; call < 20; call += 1) {
    superOffice.counter.enter('2026-09-01T10:00:00Z', undefined);
    if (weather.ofScriptCall()) dealt += 1;
    superOffice.counter.countStateLookup();
    weather.ofStateLookup();
  }
  superOffice.counter.enter('2026-09-01T10:00:00Z', undefined);
  superOffice.counter.record({ at: '', method: 'POST', host: '', outcome: 'wrong-key' });

  const calls = callsOf([{ superOffice, weather }]);
  expect(calls.script).toEqual({ total: 21, faulted: dealt + 1 });
  expect(calls.state).toEqual({ total: 20, faulted: weather.dealt.get('state-down') });
  expect(calls.byFault).toMatchObject({ 'wrong-key': 1 });
  expect(shareOf(calls)).toBeCloseTo((dealt + 1) / 21);
});
