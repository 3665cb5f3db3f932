import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { createAdminApi } from './admin-api.js';
import { createCertificates } from './certificates.js';
import type { Counters } from './counters.js';
import type { CrmRecord } from './crm.js';
import { type DciSandbox, startDciSandbox } from './dci.js';
import type { Fault } from './faults.js';
import { SANDBOX_DOMAIN } from './hosts.js';
import type { AnsweredCall } from './script-route.js';
import { createSuperOfficeServer } from './superoffice-server.js';
import type { TenantPatch } from './tenant-settings.js';
import { type Tenant, Tenants } from './tenants.js';

const LOOPBACK = '127.0.0.1';

export interface SandboxOptions {
  /** Port of SuperOffice (HTTPS); 0, the default, takes a free one. */
  port?: number;
  /** Port of the admin API (HTTP); 0, the default, takes a free one. */
  adminPort?: number;
  /** Port of DCI's API (HTTPS); 0, the default, takes a free one. */
  dciPort?: number;
  /** The certificate of the sandbox's authority is written to this file, in PEM; it is new at each start. */
  caFile?: string;
  /** Hears of every call of a receiver script, when its answer leaves. */
  onAnswer?: (call: AnsweredCall) => void;
}

/** A running stand-in for SuperOffice. Methods that name a tenant throw when there is none of that name. */
export interface Sandbox {
  port: number;
  adminPort: number;
  /** `superoffice.localhost:PORT` */
  domain: string;
  /** `https://online.superoffice.localhost:PORT/api/state` */
  stateUrl: string;
  /** The authority that a client has to trust, in PEM. */
  caCertificate: string;
  /** DCI's own API, under the same authority. */
  dci: DciSandbox;
  /** The live tenant: what is changed in it counts from the next call. */
  tenant(customerInstance: string): Tenant;
  /** Creates a tenant, or changes the settings that are given. */
  addTenant(settings: TenantPatch & { customerInstance: string }): Tenant;
  /** Queues what is to go wrong. */
  addFaults(customerInstance: string, ...faults: Fault[]): void;
  records(customerInstance: string): CrmRecord[];
  counters(customerInstance: string): Counters;
  /** Ends every connection at once, also those that wait for an answer. */
  close(): Promise<void>;
}

/** Starts a SuperOffice without tenants. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, adminPort = 0, dciPort = 0, caFile } = options;
  const certificates = await createCertificates();
  const tenants = new Tenants();
  const superOffice = createSuperOfficeServer(tenants, certificates, options.onAnswer);
  const admin = createAdminApi(tenants);
  let dci: DciSandbox | undefined;
  const close = async () => {
    await Promise.all([superOffice.close(), admin.close(), dci?.close()]);
  };
  try {
    dci = await startDciSandbox(certificates, dciPort);
    await superOffice.listen({ port, host: LOOPBACK });
    await admin.listen({ port: adminPort, host: LOOPBACK });
    if (caFile !== undefined) await writeText(caFile, certificates.ca);
  } catch (error) {
    await close();
    throw error;
  }

  const boundPort = portOf(superOffice.server.address());
  const domain = `${SANDBOX_DOMAIN}:${boundPort}`;
  const tenant = (customerInstance: string): Tenant => {
    const found = tenants.find(customerInstance);
    if (!found) throw new Error(`The sandbox has no tenant ${customerInstance}.`);
    return found;
  };
  return {
    port: boundPort,
    adminPort: portOf(admin.server.address()),
    domain,
    stateUrl: `https://online.${domain}/api/state`,
    caCertificate: certificates.ca,
    dci,
    tenant,
    addTenant: ({ customerInstance, ...settings }) => tenants.put(customerInstance, settings),
    addFaults: (customerInstance, ...faults) => {
      tenant(customerInstance).faults.push(...structuredClone(faults));
    },
    records: (customerInstance) => tenant(customerInstance).records,
    counters: (customerInstance) => tenant(customerInstance).counter.read(),
    close,
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The sandbox does not listen.');
  return address.port;
}

async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
