import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleCrm } from '../sandbox/sample-crm.js';
import { type Sandbox, startSandbox } from '../sandbox/start.js';
import { generateSecrets } from '../src/service/development-secrets.js';
import { ApiClient, type Delivery } from './api-client.js';
import { troubleOnTheWay } from './faults.js';
import { readSummaries } from './meetings.js';
import { ProgressLine } from './progress.js';
import { type DemoReport, reportOf } from './report.js';
import { apiTokenOf, sandboxEnvironment, type ServiceProcess, startService } from './service-process.js';

const CUSTOMER_INSTANCE = 'Cust12345';
const TOKEN_KEY = 'demo-key-of-the-receiver-script';
/** Summaries handed in at the same time. */
const SUBMITTERS = 8;
const POLL_MS = 250;
/** A delivery that has not ended after this time counts as lost, in milliseconds. */
const DEADLINE_MS = 5 * 60_000;

/** Short waits, so that one sees retries succeed; everything else is as in production. */
const demoPacing = {
  RETRY_INITIAL_DELAY: '300ms',
  RETRY_MAXIMUM_DELAY: '3s',
  SUPEROFFICE_REQUEST_TIMEOUT: '4s',
  PACING_INTERVAL: '100ms',
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
  sandbox.addTenant({ customerInstance: CUSTOMER_INSTANCE, key: TOKEN_KEY, ...crm });

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
    const api = new ApiClient(service.url, apiToken, tenantId);
    await api.connect({ domainPrefix: 'online2', customerInstance: CUSTOMER_INSTANCE, token: TOKEN_KEY });
    say(`Connected tenant ${tenantId} to SuperOffice (${CUSTOMER_INSTANCE}).`);

    const trouble = troubleOnTheWay(sandbox, CUSTOMER_INSTANCE, summaries.length);
    say(`Delivering ${summaries.length} meeting summaries; on the way: ${trouble.description}.`);
    const accepted = await submitAll(api, summaries);
    const deliveries = await followAll(api, accepted, sandbox, () => trouble.moveWhenDue());
    const report = reportOf(summaries, accepted, deliveries, sandbox.records(CUSTOMER_INSTANCE));
    return { report, service, tenantId, apiToken, dataDir, close };
  } catch (error) {
    await close(true);
    throw error;
  }
}

/** Delivery ids in the order of the summaries; undefined where nothing was to be pushed. */
async function submitAll(api: ApiClient, summaries: readonly object[]): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = summaries.map(() => undefined);
  const queue = [...summaries.entries()];
  const submit = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      ids[next[0]] = (await api.submit(next[1])).deliveryId;
    }
  };
  await Promise.all(Array.from({ length: SUBMITTERS }, submit));
  return ids;
}

async function followAll(
  api: ApiClient,
  accepted: readonly (string | undefined)[],
  sandbox: Sandbox,
  moveWhenDue: () => void,
): Promise<Map<string, Delivery>> {
  const deliveries = new Map<string, Delivery>();
  const ids = [...new Set(accepted.filter((id) => id !== undefined))];
  const progress = new ProgressLine(process.stdout);
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const open = ids.filter((id) => (deliveries.get(id)?.state ?? 'delivering') === 'delivering');
    for (const id of open) deliveries.set(id, await api.delivery(id));
    moveWhenDue();
    const line = progressOf([...deliveries.values()], ids.length, sandbox.counters(CUSTOMER_INSTANCE).hits);
    const isOver = [...deliveries.values()].every(({ state }) => state !== 'delivering');
    if (isOver || Date.now() > deadline) {
      progress.finish(line);
      return deliveries;
    }
    progress.show(line);
    await sleep(POLL_MS);
  }
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
