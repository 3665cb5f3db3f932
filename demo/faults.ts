import type { Fault } from '../sandbox/faults.js';
import type { Sandbox } from '../sandbox/start.js';

/** What goes wrong on the way: all of it passes, so every summary must arrive all the same. */
const faults: Fault[] = [
  { type: 'throttle', retryAfter: 1, times: 2 },
  { type: 'status', status: 503, times: 2 },
  { type: 'reset', times: 1 },
  { type: 'landed-reset', times: 2 },
  { type: 'truncated', times: 1 },
  { type: 'landed-timeout', times: 1 },
];

/** Puts the trouble in the way; the tenant moves to another host when half of the summaries are there. */
export function troubleOnTheWay(sandbox: Sandbox, customerInstance: string, total: number) {
  sandbox.addFaults(customerInstance, ...faults);
  const tenant = sandbox.tenant(customerInstance);
  return {
    description: 'throttling, errors, lost connections, answers that never come, and a move to another host',
    moveWhenDue() {
      if (tenant.records.length >= total / 2) tenant.host = 'app';
    },
  };
}
