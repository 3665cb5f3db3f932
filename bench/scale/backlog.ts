import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '../../demo/in-parallel.js';
import type { TenantState } from '../../sandbox/tenant-settings.js';
import { clock } from '../arrivals.js';
import { type CoreLoad, watchCores } from '../core-load.js';
import { addCustomers, type SuperOfficeTenant } from '../customers.js';
import { carry } from '../load.js';
import type { Place } from '../place.js';
import { startServiceSubject } from '../subjects/service.js';
import { describeBacklog } from './backlog-report.js';
import { mebibytes, type Memory, type Peak, settledMemory, totalOf, watchPeak } from './memory.js';
import type { Part } from './part.js';
import { HEALTHY_TENANTS, probe, type Probed, startProbing } from './probe.js';
import { within } from '../within.js';

const TENANTS = 100;
const FIRST_CUSTOMER = 70_000;
/** Through every line of code, so that what grows afterwards grows because of the backlog. */
const WARM_UP = 1_000;
/** Until what a rush leaves in the heaps has been collected: what is asked is what a backlog costs, not a rush. */
const SETTLE_MS = 60_000;
/** Tasks that may be on their way while nothing but retries goes on. */
const MAX_QUEUED = 20;
const IDLE_PROBES = 120;
const PACING_MS = 1_000;
/**
 * How long a delivery waits at most before it asks again whether SuperOffice is back, for each that is pending: 15 minutes for
 * 10,000, which is the default of `MAINTENANCE_RETRY_DELAY`. They then come back at 11 a second, or twice that.
 */
const RETRY_MS_FOR_EACH = 90;
/** Beyond what pacing and retries take, after which deliveries count as lost, in milliseconds. */
const LOST_AFTER_MS = 20 * 60_000;

/** What a backlog cost, and how it went away. Times in milliseconds. */
export interface BacklogFigures {
  pending: number;
  tenants: number;
  memory: { before: Memory; pending: Memory; peak: Peak; drained: Memory };
  /** Until all of them were accepted. */
  acceptedInMs: number;
  /** From the end of the maintenance to the last record. */
  drainedInMs: number;
  /** Between two calls of the same tenant. */
  pacingMs: number;
  /** The longest that a delivery waits before it asks again. */
  retryMs: number;
  healthy: { idle: Probed; draining: Probed };
  load: { pending: CoreLoad; draining: CoreLoad };
}

/** Deliveries pile up during a maintenance of SuperOffice; then it is over. */
export const measureBacklog: Part = async ({ place, size, nextItems, report }) => {
  const { pending } = size;
  const tenants = addCustomers(place.sandbox, TENANTS, FIRST_CUSTOMER);
  const healthy = addCustomers(place.sandbox, HEALTHY_TENANTS, FIRST_CUSTOMER + TENANTS);
  const retryMs = RETRY_MS_FOR_EACH * pending;
  report('Starting the service and connecting its tenants …');
  const service = await startServiceSubject(place, [...tenants, ...healthy], {
    name: 'backlog',
    description: '',
    roles: 'apart',
    settings: {
      PACING_INTERVAL: `${PACING_MS}ms`,
      PACING_IN_FLIGHT: '1',
      MAINTENANCE_RETRY_DELAY: `${retryMs}ms`,
    },
  });
  const { http: subject } = service;
  const { processes } = subject;
  const watchAll = () => watchCores({ ...processes, ...place.processes });
  try {
    await carry(subject, nextItems([...tenants, ...healthy], WARM_UP), size.inFlight);
    // First the little that goes on later as well, by which what the warm-up left behind is collected.
    const idle = await probe(subject, healthy, nextItems, IDLE_PROBES);
    const before = await settledMemory(processes, SETTLE_MS);

    report(`SuperOffice is away; handing in ${pending} summaries of ${TENANTS} tenants …`);
    setState(place, tenants, 'OfflineMaintenance');
    const peakOf = watchPeak(processes);
    const acceptingAt = clock();
    const keys: string[] = [];
    await inParallel(size.inFlight, nextItems(tenants, pending), async (item) => {
      keys.push(await subject.submit(item));
    });
    const acceptedInMs = clock() - acceptingAt;
    report('All are accepted; waiting until each has met the maintenance …');
    while ((await service.queued()) > MAX_QUEUED) await sleep(1_000);
    const stopWatchingPending = watchAll();
    const memoryOfPending = await settledMemory(processes, SETTLE_MS);
    const loadOfPending = stopWatchingPending();
    report(
      `Temporal has ${await service.unfinished()} open deliveries; the service takes ` +
        `${mebibytes(totalOf(memoryOfPending))} in place of ${mebibytes(totalOf(before))}.`,
    );

    report('SuperOffice is back; waiting until all of them are there …');
    const stopWatchingDraining = watchAll();
    const stopProbing = startProbing(subject, healthy, nextItems);
    const backAt = clock();
    setState(place, tenants, 'Running');
    const arrivals = await within(
      retryMs + LOST_AFTER_MS,
      Promise.all(keys.map((key) => subject.arrival(key))),
      async () => `${await service.unfinished()} deliveries are still open.`,
    );
    const loadOfDraining = stopWatchingDraining();
    const drainedInMs = arrivals.reduce((last, at) => Math.max(last, at), backAt) - backAt;
    const healthyWhileDraining = await stopProbing();
    const figures: BacklogFigures = {
      pending,
      tenants: TENANTS,
      memory: {
        before,
        pending: memoryOfPending,
        peak: peakOf(),
        drained: await settledMemory(processes, SETTLE_MS),
      },
      acceptedInMs,
      drainedInMs,
      pacingMs: PACING_MS,
      retryMs,
      healthy: { idle, draining: healthyWhileDraining },
      load: { pending: loadOfPending, draining: loadOfDraining },
    };
    return describeBacklog(figures);
  } finally {
    await subject.stop();
  }
};

function setState({ sandbox }: Place, tenants: readonly SuperOfficeTenant[], state: TenantState): void {
  for (const { customerInstance } of tenants) sandbox.tenant(customerInstance).state = state;
}
