import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Delivery, type Summary, type TenantClient } from '@dci-superoffice/client';
import { sampleCrm } from '../sandbox/sample-crm.js';
import { type Sandbox, startSandbox } from '../sandbox/start.js';
import { generateSecrets } from '../src/service/development-secrets.js';
import { troubleOnTheWay } from './faults.js';
import { inParallel } from './in-parallel.js';
import { readSummaries } from './meetings.js';
import { describeParked, revokeKey } from './revoked-key.js';
import { ProgressLine } from './progress.js';
import { type DemoReport, reportOf } from './report.js';
import { apiTokenOf, sandboxEnvironment, type ServiceProcess, startService } from './service-process.js';

const customer = { domainPrefix: 'online2', customerInstance: 'Cust12345' };
const TOKEN_KEY = 'demo-key-of-the-receiver-script';
/** Summaries handed in at the same time. */
const SUBMITTERS = 8;
const POLL_MS = 250;
/** As DCI would, whoever hands summaries in goes on while the service is away. */
const RETRY_FOR_MS = 60_000;
/** A delivery that has not ended after this time counts as lost, in milliseconds. */
const DEADLINE_MS = 5 * 60_000;

/** Short waits, so that one sees retries succeed; everything else is as in production. */
const demoPacing = {
  RETRY_INITIAL_DELAY: '300ms',
  RETRY_MAXIMUM_DELAY: '3s',
  SUPEROFFICE_REQUEST_TIMEOUT: '2s',
  PACING_INTERVAL: '100ms',
  RECOVERY_SETTLE: '1s',
  PORT: '0',
  // The progress line asks often.
  API_RATE_LIMIT: '10000000',
};

/** A demo whose parts are all running. */
export interface Demo {
  report: DemoReport;
  service: ServiceProcess;
  tenantId: string;
  apiToken: string;
  dataDir: string;
  /** Stops everything; keeps the data folder if asked to. */
  close(keep: boolean): Promise<void>;
}

/** Starts all of it, connects a tenant, delivers the meetings of a file with some trouble on the way, and counts. */
export async function runDemo(meetingsFile: string, say: (line: string) => void): Promise<Demo> {
  const crm = sampleCrm();
  const summaries = readSummaries(meetingsFile, crm);
  await mkdir('.data', { recursive: true });
  const dataDir = resolve(await mkdtemp(join('.data', 'demo-')));
  const caFile = join(dataDir, 'sandbox-ca.pem');

  say('Starting the sandbox: a stand-in for SuperOffice, over HTTPS …');
  const sandbox = await startSandbox({ caFile });
  sandbox.addTenant({ customerInstance: customer.customerInstance, key: TOKEN_KEY, ...crm });

  say('Starting the service: Temporal, database, API and worker …');
  const secrets = generateSecrets();
  const service = await startService(
    { ...secrets, ...demoPacing, ...sandboxEnvironment(sandbox, caFile), DATA_DIR: dataDir },
    join(dataDir, 'service.log'),
  ).catch(async (error: unknown) => {
    await sandbox.close();
    throw error;
  });
  const close = async (keep: boolean) => {
    await service.stop();
    await sandbox.close();
    if (!keep) await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const apiToken = apiTokenOf(secrets);
    const tenantId = `demo-${randomBytes(4).toString('hex')}`;
    const client = createClient({ baseUrl: service.url, token: apiToken, retryForMs: RETRY_FOR_MS });
    const api = client.tenant(tenantId);
    await api.connect({ ...customer, token: TOKEN_KEY });
    say(`Connected tenant ${tenantId} to SuperOffice (${customer.customerInstance}).`);

    // The last ones meet a key that was revoked meanwhile.
    const early = summaries.slice(0, Math.ceil(summaries.length * 0.6));
    const late = summaries.slice(early.length);
    const trouble = troubleOnTheWay(sandbox, customer.customerInstance, early.length);
    say(`Delivering ${early.length} meeting summaries; on the way: ${trouble.description}.`);
    const accepted = await submitAll(api, early);
    const follow = followerOf(api, sandbox, customer.customerInstance);
    const deliveries = await follow(accepted, 'ended', () => trouble.moveWhenDue());

    if (late.length > 0) {
      const key = revokeKey(sandbox, customer.customerInstance);
      say(`The key of the receiver script is revoked. ${late.length} more summaries come in.`);
      accepted.push(...(await submitAll(api, late)));
      const parked = await follow(accepted, 'ended');
      say(describeParked([...parked.values()]));
      await api.connect({ ...customer, token: key });
      say('An admin connects again, with the new key.');
      for (const [id, delivery] of await follow(accepted, 'unparked')) deliveries.set(id, delivery);
    }
    const report = reportOf(summaries, accepted, deliveries, sandbox.records(customer.customerInstance));
    return { report, service, tenantId, apiToken, dataDir, close };
  } catch (error) {
    await close(true);
    throw error;
  }
}

/** Delivery ids in the order of the summaries; undefined where nothing was to be pushed. */
async function submitAll(api: TenantClient, summaries: readonly Summary[]): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = summaries.map(() => undefined);
  await inParallel(SUBMITTERS, summaries.entries(), async ([index, summary]) => {
    ids[index] = (await api.submit(summary)).deliveryId;
  });
  return ids;
}

type Goal = 'ended' | 'unparked';

/** Whether a delivery has nothing left to do by itself, or has also left its parking behind. */
const isThere: Record<Goal, (delivery: Delivery) => boolean> = {
  ended: ({ state }) => state !== 'delivering',
  unparked: ({ state }) => state !== 'delivering' && state !== 'parked',
};

/** Follows deliveries until each is where it is to be, or the time is over; with a line that tells how far they are. */
function followerOf(api: TenantClient, sandbox: Sandbox, customerInstance: string) {
  const deadline = Date.now() + DEADLINE_MS;
  return async (
    accepted: readonly (string | undefined)[],
    goal: Goal,
    meanwhile: () => void = () => undefined,
  ): Promise<Map<string, Delivery>> => {
    const deliveries = new Map<string, Delivery>();
    const ids = [...new Set(accepted.filter((id) => id !== undefined))];
    const progress = new ProgressLine(process.stdout);
    const isOpen = (id: string) => {
      const delivery = deliveries.get(id);
      return delivery === undefined || !isThere[goal](delivery);
    };
    for (;;) {
      for (const id of ids.filter(isOpen)) deliveries.set(id, await api.delivery(id));
      meanwhile();
      const line = progressOf([...deliveries.values()], ids.length, sandbox.counters(customerInstance).hits);
      if (!ids.some(isOpen) || Date.now() > deadline) {
        progress.finish(line);
        return deliveries;
      }
      progress.show(line);
      await sleep(POLL_MS);
    }
  };
}

function progressOf(deliveries: readonly Delivery[], total: number, calls: number): string {
  const count = (state: Delivery['state']) =>
    deliveries.filter((delivery) => delivery.state === state).length;
  const retrying = deliveries.filter(
    ({ state, lastFailure }) => state === 'delivering' && lastFailure,
  ).length;
  return (
    `${count('delivered')}/${total} delivered · ${retrying} waiting for a retry · ${count('parked')} parked · ` +
    `${calls} calls to SuperOffice`
  );
}
