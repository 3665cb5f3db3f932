import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '../../demo/in-parallel.js';
import { clock } from '../arrivals.js';
import { type CoreLoad, watchCores } from '../core-load.js';
import { addCustomers } from '../customers.js';
import { carry } from '../load.js';
import { duration, markdownTable, percent, times } from '../report/markdown.js';
import { keptIf } from '../report/verdict.js';
import { type ServiceSubjects, startServiceSubject } from '../subjects/service.js';
import type { Part, PartResult } from './part.js';
import { HEALTHY_TENANTS, probe, type Probed, startProbing } from './probe.js';

const FIRST_CUSTOMER = 80_000;
const WARM_UP = 200;
const IDLE_PROBES = 400;
/** As by default. The whole line then takes over an hour; the others are watched for the first minutes of it. */
const PACING_MS = 1_000;
const WATCHED_MS = 4 * 60_000;
/** Deliveries that have no place in the line because they are carried out, or are the others'. */
const MAX_UNDER_WAY = 20;
/** By how much a tenant without trouble may be slower at most. */
const PROMISED_RATIO = 1.5;

/** What one tenant's many summaries did to the others. Times in milliseconds. */
interface NeighbourFigures {
  burst: number;
  pacingMs: number;
  handedInMs: number;
  /** From the first one handed in until each had its place in the line. */
  inLineMs: number;
  watchedMs: number;
  /** Of the many, in that time. */
  carriedOut: number;
  healthy: { idle: Probed; handingIn: Probed; draining: Probed };
  load: { handingIn: CoreLoad; draining: CoreLoad };
}

/** One tenant hands in thousands at once, which its pacing lets out one by one; others hand in one now and then. */
export const measureNeighbour: Part = async ({ place, size, nextItems, report }) => {
  const { burst } = size;
  const busy = addCustomers(place.sandbox, 1, FIRST_CUSTOMER);
  const healthy = addCustomers(place.sandbox, HEALTHY_TENANTS, FIRST_CUSTOMER + 1);
  report('Starting the service and connecting its tenants …');
  const service = await startServiceSubject(place, [...busy, ...healthy], {
    name: 'neighbour',
    description: '',
    roles: 'apart',
    settings: { PACING_INTERVAL: `${PACING_MS}ms`, PACING_IN_FLIGHT: '1' },
  });
  const { http: subject } = service;
  const watchAll = () => watchCores({ ...subject.processes, ...place.processes });
  try {
    await carry(subject, nextItems(healthy, WARM_UP), size.inFlight);
    const idle = await probe(subject, healthy, nextItems, IDLE_PROBES);

    report(`Handing in ${burst} summaries of one tenant …`);
    const keys: string[] = [];
    const stopWatchingHandingIn = watchAll();
    const stopProbingOfHandingIn = startProbing(subject, healthy, nextItems);
    const handingInAt = clock();
    await inParallel(size.inFlight, nextItems(busy, burst), async (item) => {
      keys.push(await subject.submit(item));
    });
    const handedInMs = clock() - handingInAt;
    report(`All are accepted, ${await service.inLine()} stand in line …`);
    await untilAllStandInLine(service);
    const inLineMs = clock() - handingInAt;
    const loadOfHandingIn = stopWatchingHandingIn();
    const handingIn = await stopProbingOfHandingIn();

    report('All of them stand in line …');
    const stopWatchingDraining = watchAll();
    const stopProbing = startProbing(subject, healthy, nextItems);
    let carriedOut = 0;
    const before = clock();
    for (const key of keys) {
      void subject.arrival(key).then((at) => {
        if (at > before) carriedOut += 1;
      });
    }
    await sleep(WATCHED_MS);
    const loadOfDraining = stopWatchingDraining();
    const draining = await stopProbing();
    return describe({
      burst,
      pacingMs: PACING_MS,
      handedInMs,
      inLineMs,
      watchedMs: WATCHED_MS,
      carriedOut,
      healthy: { idle, handingIn, draining },
      load: { handingIn: loadOfHandingIn, draining: loadOfDraining },
    });
  } finally {
    await subject.stop();
  }
};

/** Whoever is accepted stands in line only once a worker has begun with it. */
async function untilAllStandInLine(service: ServiceSubjects): Promise<void> {
  while ((await service.inLine()) < (await service.unfinished()) - MAX_UNDER_WAY) await sleep(1_000);
}

function describe(figures: NeighbourFigures): PartResult {
  const { burst, pacingMs, handedInMs, inLineMs, watchedMs, carriedOut, healthy, load } = figures;
  const { idle, handingIn, draining } = healthy;
  const count = burst.toLocaleString('en');
  const ratio = draining.p95 / idle.p95;
  const row = (name: string, { count, p50, p95 }: Probed, busy?: number) => [
    name,
    String(count),
    duration(p50),
    duration(p95),
    (p95 / idle.p95).toFixed(2),
    busy === undefined ? '' : percent(busy),
  ];
  return {
    title: 'A neighbour with much to do',
    text: [
      `One tenant hands in ${count} summaries in ${duration(handedInMs)}, ${Math.round((burst / handedInMs) * 1_000)} a second; ` +
        `after ${duration(inLineMs)} each has its place in the line. Its pacing, one call in ${duration(pacingMs)}, lets them out: ` +
        `${carriedOut} in the next ${duration(watchedMs)}. Meanwhile ${HEALTHY_TENANTS} others hand one in now and then:`,
      '',
      markdownTable([
        ['tenants with little to do', 'summaries', 'p50', 'p95', '× p95', 'cores busy'],
        row('by themselves', idle),
        row(`while ${count} are handed in and line up`, handingIn, load.handingIn.busy),
        row('while these are carried out', draining, load.draining.busy),
      ]),
    ].join('\n'),
    verdicts: [
      {
        promise: `while another tenant's ${count} are carried out, a summary takes at most ${times(PROMISED_RATIO)} as long (p95)`,
        measured: `${times(ratio)} (${duration(draining.p95)} in place of ${duration(idle.p95)})`,
        state: keptIf(ratio <= PROMISED_RATIO),
      },
    ],
    figures,
  };
}
