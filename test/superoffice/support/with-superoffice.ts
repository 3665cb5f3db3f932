import type { Dispatcher } from 'undici';
import { afterEach, beforeEach } from 'vitest';
import { sampleCrm } from '../../../sandbox/sample-crm.js';
import { type Sandbox, startSandbox } from '../../../sandbox/start.js';
import type { TenantPatch } from '../../../sandbox/tenant-settings.js';
import {
  createSuperOfficeClient,
  type SuperOfficeClient,
  type SuperOfficeClientOptions,
} from '../../../src/superoffice/client.js';
import { createGuardedAgent } from '../../../src/superoffice/guarded-agent.js';
import type { HostPolicy } from '../../../src/superoffice/host-policy.js';
import { createTenantDirectory } from '../../../src/superoffice/tenant-directory.js';
import { CUST } from './summary-push.js';

export interface SuperOfficeContext {
  sandbox: Sandbox;
  policy: HostPolicy;
  dispatcher: Dispatcher;
  /** A client as the service makes it, with a directory of its own. */
  client: (options?: Partial<SuperOfficeClientOptions>) => SuperOfficeClient;
  /** Changes the tenant that the tests call. */
  set: (patch: TenantPatch) => void;
}

/** A fresh sandbox with the sample CRM, and the way to it, for each test of the file. */
export function withSuperOffice(): SuperOfficeContext {
  const context = {} as SuperOfficeContext;
  beforeEach(async () => {
    const sandbox = await startSandbox();
    sandbox.addTenant({ customerInstance: CUST, ...sampleCrm() });
    const policy = { domain: sandbox.domain, privateNetworks: ['127.0.0.0/8'] };
    const dispatcher = createGuardedAgent({ policy, certificateAuthorities: [sandbox.caCertificate] });
    Object.assign(context, {
      sandbox,
      policy,
      dispatcher,
      client: (options: Partial<SuperOfficeClientOptions> = {}) =>
        createSuperOfficeClient({
          dispatcher,
          policy,
          directory: createTenantDirectory({
            dispatcher,
            policy,
            now: ticking(),
          }),
          now: ticking(),
          ...options,
        }),
      set: (patch: TenantPatch) => void sandbox.addTenant({ customerInstance: CUST, ...patch }),
    } satisfies SuperOfficeContext);
  });
  afterEach(async () => {
    await context.dispatcher.destroy();
    await context.sandbox.close();
  });
  return context;
}

let lastTick = 0;

/** The time, but never the same twice: what was asked earlier was learned earlier, however fast the machine is. */
function ticking(): () => number {
  return () => (lastTick = Math.max(Date.now(), lastTick + 1));
}
