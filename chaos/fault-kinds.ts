import type { ScriptFault } from '../sandbox/faults.js';

/** A fault of the sandbox that calls meet. */
export interface FaultKind {
  name: string;
  /** How many of the faulted calls meet it, against the others. */
  weight: number;
  /** What it means for the delivery: tried again, filed after all, parked, or parked with all of its tenant. */
  effect: 'retry' | 'filed' | 'park' | 'park-tenant';
  fault: ScriptFault;
}

/** For how long a call of SuperOffice may take in a run, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 1_500;

const status = (code: number) => ({ type: 'status', status: code }) as const;

/** Every fault that the sandbox has for its script endpoint; what stops a whole tenant is rare. */
export const faultKinds: readonly FaultKind[] = [
  { name: '423', weight: 8, effect: 'retry', fault: status(423) },
  { name: '500', weight: 8, effect: 'retry', fault: status(500) },
  { name: '502', weight: 8, effect: 'retry', fault: status(502) },
  { name: '503 with Retry-After', weight: 8, effect: 'retry', fault: { ...status(503), retryAfter: 1 } },
  { name: 'throttle', weight: 8, effect: 'retry', fault: { type: 'throttle' } },
  {
    name: 'throttle with Retry-After',
    weight: 8,
    effect: 'retry',
    fault: { type: 'throttle', retryAfter: 1 },
  },
  { name: 'reset', weight: 16, effect: 'retry', fault: { type: 'reset' } },
  { name: 'hang', weight: 6, effect: 'retry', fault: { type: 'hang' } },
  { name: 'not-ok, failed', weight: 12, effect: 'retry', fault: { type: 'not-ok', error: 'script-error' } },
  { name: 'moved', weight: 8, effect: 'retry', fault: { type: 'moved' } },
  { name: 'slow', weight: 12, effect: 'filed', fault: { type: 'slow', delayMs: 300 } },
  {
    name: 'slow, beyond the time-out',
    weight: 8,
    effect: 'filed',
    fault: { type: 'slow', delayMs: REQUEST_TIMEOUT_MS + 500 },
  },
  { name: 'landed-reset', weight: 20, effect: 'filed', fault: { type: 'landed-reset' } },
  { name: 'landed-timeout', weight: 8, effect: 'filed', fault: { type: 'landed-timeout' } },
  { name: 'truncated', weight: 20, effect: 'filed', fault: { type: 'truncated' } },
  { name: 'whitespace', weight: 10, effect: 'filed', fault: { type: 'whitespace' } },
  { name: '422', weight: 1, effect: 'park', fault: status(422) },
  { name: 'not-ok, refused', weight: 1, effect: 'park', fault: { type: 'not-ok', error: 'no-owner' } },
  { name: '401', weight: 1, effect: 'park-tenant', fault: status(401) },
  { name: '404', weight: 1, effect: 'park-tenant', fault: status(404) },
  { name: 'redirect', weight: 1, effect: 'park-tenant', fault: { type: 'redirect' } },
  { name: 'html', weight: 1, effect: 'park-tenant', fault: { type: 'html' } },
  { name: 'source', weight: 1, effect: 'park-tenant', fault: { type: 'source' } },
  { name: 'empty', weight: 1, effect: 'park-tenant', fault: { type: 'empty' } },
  { name: 'no-echo', weight: 1, effect: 'park-tenant', fault: { type: 'no-echo' } },
  { name: 'wrong-echo', weight: 1, effect: 'park-tenant', fault: { type: 'wrong-echo' } },
  { name: 'oversized', weight: 1, effect: 'park-tenant', fault: { type: 'oversized' } },
];
