import type { CoreLoad } from '../core-load.js';
import { percent } from '../report/markdown.js';

/** From this share on, the cores are all in use: what is left is lost between processes that take turns. */
const ALL_BUSY = 0.9;
/** A server that takes less of a core than this has room: whoever waits then does so for something else. */
const SERVER_BUSY = 0.8;

export type Limit = 'cores' | 'server' | 'workers';

/** What kept a service from carrying more. */
export function limitOf({ cores, busy, shares }: CoreLoad): Limit {
  if (busy >= ALL_BUSY) return 'cores';
  const ofServers = ['Temporal', 'PostgreSQL'].map((name) => (shares[name] ?? 0) * cores);
  return Math.max(...ofServers) >= SERVER_BUSY ? 'server' : 'workers';
}

/** The limit in words, with the figures that tell. */
export function limitWords(load: CoreLoad): string {
  const { busy, shares, others } = load;
  const limit = limitOf(load);
  const parts = [...Object.entries(shares), ['others', others] as const]
    .map(([name, share]) => `${name} ${percent(share)}`)
    .join(', ');
  const was =
    limit === 'workers'
      ? 'the workers themselves were'
      : `the ${limit} ${limit === 'cores' ? 'were' : 'was'}`;
  return `${was} the limit: ${percent(busy)} of the cores busy (${parts})`;
}
