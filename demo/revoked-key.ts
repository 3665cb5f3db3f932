import { randomBytes } from 'node:crypto';
import type { Delivery } from '@dci-superoffice/client';
import type { Sandbox } from '../sandbox/start.js';

/** Somebody gives the receiver script another key, which the service does not know: that key. */
export function revokeKey(sandbox: Sandbox, customerInstance: string): string {
  const key = `demo-key-${randomBytes(8).toString('hex')}`;
  sandbox.tenant(customerInstance).key = key;
  return key;
}

/** What an operator sees of the deliveries that are parked. */
export function describeParked(deliveries: readonly Delivery[]): string {
  const parked = deliveries.filter(({ state }) => state === 'parked');
  const held = parked.filter(({ lastFailure }) => lastFailure?.held);
  const { cause = '', remedy = '' } = parked.find(({ lastFailure }) => lastFailure)?.lastFailure ?? {};
  return (
    `${parked.length} parked, ${held.length} of them without a call, behind the first that met the trouble:\n` +
    `  ${cause}\n  ${remedy}`
  );
}
