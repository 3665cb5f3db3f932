import { vi } from 'vitest';
import { type EventReceiver, startEventReceiver } from '../support/event-receiver.js';
import { API_TOKEN, type Harness, startHarness } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { submitAll, untilAll } from '../support/scenario.js';

/** A service that has had a little of everything to do, so that all of its figures are there. */
export interface BusyService {
  harness: Harness;
  /** What `/metrics` answers. */
  scrape(): Promise<string>;
  stop(): Promise<void>;
}

/** Over PostgreSQL: summaries that were delivered, retried and parked; a tenant in trouble; an event that was sent. */
export async function startBusyService(env: NodeJS.ProcessEnv = {}): Promise<BusyService> {
  const receiver: EventReceiver = await startEventReceiver();
  const secret = `whsec_${Buffer.from('a secret of thirty-two bytes or so').toString('base64')}`;
  const harness = await startHarness({ EVENTS_URL: receiver.url, EVENTS_SECRETS: secret, ...env }, 'server');
  await harness.startWorker();
  const tenant = await harness.connectTenant();
  const summaries = meetingSummaries();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'reset', times: 1 });
  await untilAll(harness, tenant, await submitAll(tenant, summaries.slice(0, 2)), 'delivered');
  harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
  await untilAll(harness, tenant, await submitAll(tenant, summaries.slice(2, 4)), 'parked');
  const scrape = async () => {
    const headers = { authorization: `Bearer ${API_TOKEN}` };
    return (await fetch(`${harness.url}/metrics`, { headers })).text();
  };
  // Events come last.
  await vi.waitUntil(
    async () => /^dci_superoffice_event_attempts_total\{next="done"\} [1-9]/m.test(await scrape()),
    {
      timeout: 30_000,
      interval: 200,
    },
  );
  return {
    harness,
    scrape,
    async stop() {
      await harness.stop();
      await receiver.close();
    },
  };
}

/** One family of metrics, as a scrape tells of it. */
export interface MetricFamily {
  name: string;
  type: string;
  help: string;
  labels: string[];
}

/** The families in Prometheus' text format, by name. */
export function familiesIn(text: string): Map<string, MetricFamily> {
  const families = new Map<string, MetricFamily>();
  const familyOf = (name: string) => {
    const family = families.get(name) ?? { name, type: '', help: '', labels: [] };
    families.set(name, family);
    return family;
  };
  for (const line of text.split('\n')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    if (kind === 'HELP') familyOf(name).help = rest;
    if (kind === 'TYPE') familyOf(name).type = rest;
    const [, sample, labels = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line) ?? [];
    if (sample === undefined) continue;
    const family = families.get(sample) ?? families.get(sample.replace(/_(bucket|sum|count)$/, ''));
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) {
      if (label !== 'le' && family && !family.labels.includes(label)) family.labels.push(label);
    }
  }
  return families;
}
