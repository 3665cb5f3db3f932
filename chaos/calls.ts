import type { ChaosTenant } from './tenants.js';

/** Calls of SuperOffice: of the receiver script, and of the state API. */
export interface Calls {
  total: number;
  /** Of these, met a fault. */
  faulted: number;
  byFault: Record<string, number>;
}

/** What was called so far, and what that met. */
export function callsOf(tenants: readonly ChaosTenant[]): Calls {
  const calls: Calls = { total: 0, faulted: 0, byFault: {} };
  for (const { superOffice, weather } of tenants) {
    const { hits, stateLookups } = superOffice.counter.read();
    calls.total += hits + stateLookups;
    for (const [name, times] of weather.dealt) {
      calls.faulted += times;
      calls.byFault[name] = (calls.byFault[name] ?? 0) + times;
    }
  }
  return calls;
}

/** Between 0 and 1. */
export function shareOf({ total, faulted }: Calls): number {
  return total === 0 ? 0 : faulted / total;
}
