import { type CoreLoad, meanLoad, watchCores } from '../core-load.js';
import { addCustomers } from '../customers.js';
import { carry } from '../load.js';
import { percentile, median } from '../statistics.js';
import type { Subject } from '../subject.js';
import { type ServiceOptions, startServiceSubject } from '../subjects/service.js';
import type { PartContext, PartResult } from './part.js';
import { describeWorkers } from './workers-report.js';

const WORKER_COUNTS = [1, 2, 4];
const TENANTS = 100;
const WARM_UP = 40;

/** Attempts at a time of a worker that is bounded by these, and not by the cores. */
export const FEW_ATTEMPTS = 4;
/** How long SuperOffice then takes to answer, in milliseconds. */
export const SLOW_ANSWER_MS = 1_000;
/** How often each of these attempts is made again in a round. */
const ATTEMPTS_OF_A_SLOT = 12;
/** Deliveries under way for each attempt that may be made: one is at SuperOffice, the others are on their way. */
const UNDER_WAY_FOR_A_SLOT = 3;

/** What so many workers carried, as medians over all rounds. */
export interface WorkersFigures {
  workers: number;
  perSecond: number;
  p50: number;
  load: CoreLoad;
  rounds: { perSecond: number; p50: number; load: CoreLoad }[];
}

/** Throughput with 1, 2 and 4 workers: bounded by the cores, and by the attempts that a worker may make at a time. */
export async function measureWorkers(context: PartContext): Promise<PartResult> {
  const { size } = context;
  const byCores = await compare(context, {
    firstCustomer: 50_000,
    inFlight: () => 2 * size.inFlight,
    deliveries: () => 2 * size.deliveries,
    name: (workers) => `cores ${workers}`,
    settings: {},
  });
  const bySlots = await compare(context, {
    firstCustomer: 51_000,
    answerMs: SLOW_ANSWER_MS,
    inFlight: (workers) => UNDER_WAY_FOR_A_SLOT * FEW_ATTEMPTS * workers,
    deliveries: (workers) => ATTEMPTS_OF_A_SLOT * FEW_ATTEMPTS * workers,
    name: (workers) => `attempts ${workers}`,
    settings: { FIRST_ATTEMPT_AT_ONCE: 'off', MAX_CONCURRENT_ATTEMPTS: String(FEW_ATTEMPTS) },
  });
  return describeWorkers(byCores, bySlots);
}

interface Comparison {
  firstCustomer: number;
  answerMs?: number;
  inFlight: (workers: number) => number;
  deliveries: (workers: number) => number;
  name: (workers: number) => string;
  settings: NonNullable<ServiceOptions['settings']>;
}

/** Services with 1, 2 and 4 workers beside each other, which carry in turns. */
async function compare(
  { place, size, nextItems, report }: PartContext,
  { firstCustomer, answerMs, inFlight, deliveries, name, settings }: Comparison,
): Promise<WorkersFigures[]> {
  const tenants = addCustomers(place.sandbox, TENANTS, firstCustomer, answerMs);
  const subjects = new Map<number, Subject>();
  const rounds = new Map<number, WorkersFigures['rounds']>();
  try {
    for (const workers of WORKER_COUNTS) {
      report(`Starting an API and ${workers} ${workers === 1 ? 'worker' : 'workers'} …`);
      const { http } = await startServiceSubject(place, tenants, {
        name: name(workers),
        description: '',
        roles: 'apart',
        workers,
        settings,
      });
      subjects.set(workers, http);
      await carry(http, nextItems(tenants, WARM_UP), inFlight(workers));
    }
    for (let round = 1; round <= size.rounds; round += 1) {
      for (const [workers, subject] of subjects) {
        const stopWatching = watchCores({ ...subject.processes, ...place.processes });
        const load = await carry(subject, nextItems(tenants, deliveries(workers)), inFlight(workers));
        const figures = {
          perSecond: (load.samples.length / load.elapsedMs) * 1_000,
          p50: percentile(
            load.samples.map(({ arriveMs }) => arriveMs),
            50,
          ),
          load: stopWatching(),
        };
        rounds.set(workers, [...(rounds.get(workers) ?? []), figures]);
        report(`Round ${round}/${size.rounds}, ${name(workers)}: ${figures.perSecond.toFixed(1)}/s`);
      }
    }
  } finally {
    for (const subject of subjects.values()) await subject.stop();
  }
  return [...rounds].map(([workers, measured]) => ({
    workers,
    perSecond: median(measured.map(({ perSecond }) => perSecond)),
    p50: median(measured.map(({ p50 }) => p50)),
    load: meanLoad(measured.map(({ load }) => load)),
    rounds: measured,
  }));
}
