import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Delivery, type TenantClient } from '@dci-superoffice/client';
import { readSummaries } from '../demo/meetings.js';
import { ProgressLine } from '../demo/progress.js';
import { type DemoReport, reportOf } from '../demo/report.js';
import { sampleCrm } from '../sandbox/sample-crm.js';
import type { Sandbox } from '../sandbox/start.js';
import type { Stack } from './start-stack.js';

/** Customers among whom the meetings are shared out, so that several calls are under way at a time. */
const TENANTS = 4;
/** What a receiver script takes, in milliseconds. It runs to its end when its caller is gone. */
const SCRIPT_MS = 700;
const POLL_MS = 250;
/** For how long a call is made again while the API is away. */
const RETRY_FOR_MS = 60_000;
const DEADLINE_MS = 5 * 60_000;

/** What became of the meetings, and of what was under way when a worker was killed. */
export interface CrashReport extends DemoReport {
  /** Summaries that SuperOffice had filed while the worker that waited for the answer was killed. */
  answersLost: number;
}

interface Tenant {
  api: TenantClient;
  customerInstance: string;
}

/**
 * Delivers the meetings of a file to several tenants, kills a worker (SIGKILL) when a third of them is there, and
 * counts in SuperOffice what arrived.
 */
export async function deliverThroughCrash(
  stack: Stack & { sandbox: Sandbox },
  meetingsFile: string,
  report: (line: string) => void,
): Promise<CrashReport> {
  const { sandbox } = stack;
  const summaries = readSummaries(meetingsFile, sampleCrm());
  const tenants: Tenant[] = [];
  while (tenants.length < TENANTS) tenants.push(await connectTenant(stack, tenants.length));
  report(`Delivering ${summaries.length} meeting summaries of ${TENANTS} tenants.`);

  const accepted: { id: string | undefined; owner: Tenant }[] = [];
  for (const [index, summary] of summaries.entries()) {
    const owner = tenants[index % TENANTS];
    if (owner) accepted.push({ id: (await owner.api.submit(summary)).deliveryId, owner });
  }
  const records = () => tenants.flatMap(({ customerInstance }) => sandbox.records(customerInstance));
  const deliveries = new Map<string, Delivery>();
  const progress = new ProgressLine(process.stdout);
  const deadline = Date.now() + DEADLINE_MS;
  let isKilled = false;
  const isOpen = (id: string | undefined) => id !== undefined && deliveries.get(id)?.endedAt === undefined;
  for (;;) {
    if (!isKilled && records().length >= summaries.length / 3) {
      const [worker] = stack.workers;
      await worker?.kill();
      isKilled = true;
      progress.finish(`Killed worker 1 (kill -9 ${worker?.pid ?? ''}) when ${records().length} were there.`);
    }
    for (const { id, owner } of accepted) {
      if (id !== undefined && isOpen(id)) deliveries.set(id, await owner.api.delivery(id));
    }
    const open = accepted.filter(({ id }) => isOpen(id)).length;
    const line = `${accepted.length - open}/${summaries.length} delivered`;
    if (open === 0 || Date.now() > deadline) {
      progress.finish(line);
      break;
    }
    progress.show(line);
    await sleep(POLL_MS);
  }
  const counted = reportOf(
    summaries,
    accepted.map(({ id }) => id),
    deliveries,
    records(),
  );
  return { ...counted, answersLost: counted.meetings.filter(({ result }) => result === 'duplicate').length };
}

async function connectTenant(
  { api, apiToken, sandbox }: Stack & { sandbox: Sandbox },
  index: number,
): Promise<Tenant> {
  const customerInstance = `Cust3000${index + 1}`;
  const token = `key-${randomBytes(12).toString('hex')}`;
  sandbox.addTenant({ customerInstance, key: token, ...sampleCrm() });
  sandbox.addFaults(customerInstance, { type: 'slow', delayMs: SCRIPT_MS });
  const client = createClient({ baseUrl: api.url, token: apiToken, retryForMs: RETRY_FOR_MS });
  const tenant = client.tenant(`stack-${randomBytes(4).toString('hex')}`);
  await tenant.connect({ domainPrefix: 'online2', customerInstance, token });
  return { api: tenant, customerInstance };
}
