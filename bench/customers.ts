import { randomBytes } from 'node:crypto';
import { sampleCrm } from '../sandbox/sample-crm.js';
import type { Sandbox } from '../sandbox/start.js';

/** How long SuperOffice takes to answer, in milliseconds. */
export const ANSWER_MS = 20;

/** A customer of the sandbox, and the tenant of the service that is connected to it. */
export interface SuperOfficeTenant {
  tenantId: string;
  customerInstance: string;
  token: string;
}

/** Makes customers whose receiver script answers after a while. */
export function addCustomers(
  sandbox: Sandbox,
  count: number,
  firstNumber: number,
  answerMs = ANSWER_MS,
): SuperOfficeTenant[] {
  return Array.from({ length: count }, (_, index) => {
    const customerInstance = `Cust${firstNumber + index}`;
    const token = `key-${randomBytes(12).toString('hex')}`;
    sandbox.addTenant({ customerInstance, key: token, ...sampleCrm() });
    sandbox.addFaults(customerInstance, { type: 'slow', delayMs: answerMs });
    return { tenantId: `bench-${customerInstance.toLowerCase()}`, customerInstance, token };
  });
}
