import { afterEach, beforeEach } from 'vitest';
import { sampleCrm } from '../../../sandbox/sample-crm.js';
import { type Sandbox, startSandbox } from '../../../sandbox/start.js';
import { type Client, createClient, CUST } from './client.js';

/** A fresh sandbox with the sample CRM, and a client of it, for each test of the file. */
export function withSandbox(): { sandbox: Sandbox; client: Client } {
  const context = {} as { sandbox: Sandbox; client: Client };
  beforeEach(async () => {
    context.sandbox = await startSandbox();
    context.sandbox.addTenant({ customerInstance: CUST, ...sampleCrm() });
    context.client = createClient(context.sandbox);
  });
  afterEach(async () => {
    await context.client.close();
    await context.sandbox.close();
  });
  return context;
}
