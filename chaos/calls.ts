import type { ChaosTenant } from './tenants.js';

/** Calls of SuperOffice, until the faults ended. */
export interface Calls {
  /** Of the receiver script, test calls included. */
  script: { total: number; faulted: number };
  /** Of the state API, which are many: after most troubles it is asked how the tenant is doing. */
  state: { total: number; faulted: number };
  /** What the faulted ones met. */
  byFault: Record<string, number>;
}

/** What calls meet beside the weather: a key that was revoked, a host that the tenant left, maintenance. */
const troublesOfTenants: readonly string[] = ['wrong-key', 'wrong-host', 'not-running'];

const STATE_DOWN = 'state-down';

/** What was called so far, and what that met. */
export function callsOf(tenants: readonly Pick<ChaosTenant, 'superOffice' | 'weather'>[]): Calls {
  const byFault: Record<string, number> = {};
  const add = (name: string, times: number) => (byFault[name] = (byFault[name] ?? 0) + times);
  const [script, state] = [
    { total: 0, faulted: 0 },
    { total: 0, faulted: 0 },
  ];
  for (const { superOffice, weather } of tenants) {
    const { hits, stateLookups, byOutcome } = superOffice.counter.read();
    script.total += hits;
    state.total += stateLookups;
    for (const [name, times] of weather.dealt) add(name, times);
    for (const name of troublesOfTenants) if (byOutcome[name]) add(name, byOutcome[name]);
  }
  for (const [name, times] of Object.entries(byFault)) {
    (name === STATE_DOWN ? state : script).faulted += times;
  }
  return { script, state, byFault };
}

/** Of the calls of the script; between 0 and 1. */
export function shareOf({ script: { total, faulted } }: Calls): number {
  return total === 0 ? 0 : faulted / total;
}
