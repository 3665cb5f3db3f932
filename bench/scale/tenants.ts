import { type CoreLoad, meanLoad, watchCores } from '../core-load.js';
import { addCustomers, type SuperOfficeTenant } from '../customers.js';
import { carry } from '../load.js';
import { duration, markdownTable, percent } from '../report/markdown.js';
import { median, percentile } from '../statistics.js';
import { startServiceSubject } from '../subjects/service.js';
import type { Part, PartResult } from './part.js';

const FIRST_CUSTOMER = 60_000;
const WARM_UP = 40;

interface Round {
  perSecond: number;
  p50: number;
  p95: number;
  load: CoreLoad;
}

/** The same number of summaries for one tenant, a tenth of the most, and the most, in turns. */
export const measureTenants: Part = async ({ place, size, nextItems, report }) => {
  const counts = [1, Math.ceil(size.tenants / 10), size.tenants];
  const groups = new Map<number, SuperOfficeTenant[]>();
  let firstCustomer = FIRST_CUSTOMER;
  for (const count of counts) {
    groups.set(count, addCustomers(place.sandbox, count, firstCustomer));
    firstCustomer += count;
  }
  const all = [...groups.values()].flat();
  report(`Starting the service and connecting ${all.length} tenants …`);
  const { http: subject, connectedInMs } = await startServiceSubject(place, all, {
    name: 'tenants',
    description: '',
    roles: 'one',
  });
  const rounds = new Map<number, Round[]>(counts.map((count) => [count, []]));
  try {
    await carry(subject, nextItems(all, WARM_UP), size.inFlight);
    for (let round = 1; round <= size.rounds; round += 1) {
      for (const [count, tenants] of groups) {
        // In the largest group, one for each tenant.
        const items = nextItems(tenants, size.tenants);
        const stopWatching = watchCores({ ...subject.processes, ...place.processes });
        const { samples, elapsedMs } = await carry(subject, items, size.inFlight);
        const arrivals = samples.map(({ arriveMs }) => arriveMs);
        const figures = {
          perSecond: (samples.length / elapsedMs) * 1_000,
          p50: percentile(arrivals, 50),
          p95: percentile(arrivals, 95),
          load: stopWatching(),
        };
        rounds.get(count)?.push(figures);
        report(`Round ${round}/${size.rounds}, tenants ${count}: ${figures.perSecond.toFixed(1)}/s`);
      }
    }
  } finally {
    await subject.stop();
  }
  return describe(rounds, { tenants: all.length, connectedInMs });
};

function describe(
  rounds: ReadonlyMap<number, Round[]>,
  connecting: { tenants: number; connectedInMs: number },
): PartResult {
  const medians = [...rounds].map(([tenants, measured]) => ({
    tenants,
    perSecond: median(measured.map(({ perSecond }) => perSecond)),
    p50: median(measured.map(({ p50 }) => p50)),
    p95: median(measured.map(({ p95 }) => p95)),
    load: meanLoad(measured.map(({ load }) => load)),
  }));
  const one = medians[0]?.perSecond ?? Number.NaN;
  const { tenants, connectedInMs } = connecting;
  return {
    title: 'Tenants',
    text: [
      markdownTable([
        ['tenants', 'a second', '× one', 'p50', 'p95', 'cores busy', 'others'],
        ...medians.map(({ tenants, perSecond, p50, p95, load }) => [
          tenants.toLocaleString('en'),
          perSecond.toFixed(1),
          (perSecond / one).toFixed(2),
          duration(p50),
          duration(p95),
          percent(load.busy),
          percent(load.others),
        ]),
      ]),
      '',
      `Connecting ${tenants.toLocaleString('en')} tenants through the API took ${duration(connectedInMs)}: ` +
        `${((tenants / connectedInMs) * 1_000).toFixed(1)} a second.`,
    ].join('\n'),
    verdicts: [],
    figures: { medians, rounds: Object.fromEntries(rounds), connecting },
  };
}
