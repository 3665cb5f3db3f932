import { duration, markdownTable, percent, times } from '../report/markdown.js';
import type { Verdict } from '../report/verdict.js';
import { limitOf, limitWords } from './limit.js';
import type { PartResult } from './part.js';
import { FEW_ATTEMPTS, SLOW_ANSWER_MS, type WorkersFigures } from './workers.js';

/** What twice the workers are to carry at least. */
const PROMISED_RATIO = 1.7;

export function describeWorkers(
  byCores: readonly WorkersFigures[],
  bySlots: readonly WorkersFigures[],
): PartResult {
  const slots = `${FEW_ATTEMPTS} attempts at a time`;
  return {
    title: 'Worker processes',
    text: [
      markdownTable([
        [
          'worker processes',
          'a second',
          '× one',
          'p50',
          'cores busy',
          'workers',
          'API',
          'Temporal',
          'PostgreSQL',
          'sandbox, load',
          'others',
        ],
        ...byCores.map((figures) => row(figures, byCores, '')),
        ...bySlots.map((figures) => row(figures, bySlots, `, ${slots}`)),
      ]),
      '',
      `First as many deliveries as fit, SuperOffice answering after 20 ms. Then each worker held to ${slots}, SuperOffice answering ` +
        `after ${SLOW_ANSWER_MS / 1_000} s: ${FEW_ATTEMPTS} a second is all that one can carry, and the cores have room. Shares are of all cores.`,
    ].join('\n'),
    verdicts: [...verdictsOf(byCores, ''), ...verdictsOf(bySlots, ` (${slots} each)`)],
    figures: { byCores, bySlots },
  };
}

function row(
  { workers, perSecond, p50, load }: WorkersFigures,
  all: readonly WorkersFigures[],
  suffix: string,
): string[] {
  const one = all[0]?.perSecond ?? Number.NaN;
  const share = (name: string) => percent(load.shares[name] ?? 0);
  return [
    `${workers}${suffix}`,
    perSecond.toFixed(1),
    (perSecond / one).toFixed(2),
    duration(p50),
    percent(load.busy),
    share('worker'),
    share('API'),
    share('Temporal'),
    share('PostgreSQL'),
    share('sandbox and load'),
    percent(load.others),
  ];
}

/** Of each step to twice as many. */
function verdictsOf(all: readonly WorkersFigures[], suffix: string): Verdict[] {
  return all.slice(1).map(({ workers, perSecond, load }, index) => {
    const fewer = all[index];
    const ratio = perSecond / (fewer?.perSecond ?? Number.NaN);
    const isKept = ratio >= PROMISED_RATIO;
    const isLimited = !isKept && limitOf(load) !== 'workers';
    return {
      promise: `${workers} worker processes carry at least ${times(PROMISED_RATIO)} what ${fewer?.workers ?? '?'} does, until the server or the cores are the limit${suffix}`,
      measured: isKept ? times(ratio) : `${times(ratio)}; ${limitWords(load)}`,
      state: isKept ? 'kept' : isLimited ? 'limited' : 'missed',
    };
  });
}
