import { percent } from '../report/markdown.js';
import type { CoreLoad } from './core-load.js';

/** From this share on, the cores are all in use: what is left is lost between processes that take turns. */
const ALL_BUSY = 0.9;
/** A worker that takes less of a core than this waits for others. */
const WORKER_BUSY = 0.8;

export type Limit = 'cores' | 'server' | 'workers';

/** What kept a service with so many worker processes from carrying more. */
export function limitOf({ cores, busy, shares }: CoreLoad, workers: number): Limit {
  if (busy >= ALL_BUSY) return 'cores';
  const coresOfAWorker = ((shares.worker ?? 0) * cores) / workers;
  return coresOfAWorker < WORKER_BUSY ? 'server' : 'workers';
}

/** The limit in words, with the figures that tell. */
export function limitWords(load: CoreLoad, workers: number): string {
  const { busy, shares, others } = load;
  const limit = limitOf(load, workers);
  const parts = [...Object.entries(shares), ['others', others] as const]
    .map(([name, share]) => `${name} ${percent(share)}`)
    .join(', ');
  const was =
    limit === 'workers'
      ? 'the workers themselves were'
      : `the ${limit} ${limit === 'cores' ? 'were' : 'was'}`;
  return `${was} the limit: ${percent(busy)} of the cores busy (${parts})`;
}
