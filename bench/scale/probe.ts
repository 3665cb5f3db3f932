import { setTimeout as sleep } from 'node:timers/promises';
import type { SuperOfficeTenant } from '../customers.js';
import type { NextItems } from '../items.js';
import { carry, type Sample } from '../load.js';
import { percentile } from '../statistics.js';
import type { Subject } from '../subject.js';

/** So many tenants without trouble take turns, so that none of them waits in a line of its own. */
export const HEALTHY_TENANTS = 8;
/** One summary in this time, of one tenant after the other, in milliseconds. */
export const PROBE_EVERY_MS = 300;

/** How long summaries of tenants without trouble took, in milliseconds. */
export interface Probed {
  count: number;
  p50: number;
  p95: number;
}

/**
 * Begins to hand in summaries at a steady pace, whether or not the ones before have arrived: a service that is held up
 * would otherwise be asked less. The function that it returns ends it and waits for the last ones.
 */
export function startProbing(
  subject: Subject,
  tenants: readonly SuperOfficeTenant[],
  nextItems: NextItems,
): () => Promise<Probed> {
  const carried: Promise<Sample[]>[] = [];
  const probe = () => {
    const one = carry(subject, nextItems([tenantInTurn(tenants, carried.length)], 1), 1);
    carried.push(one.then(({ samples }) => samples));
  };
  const timer = setInterval(probe, PROBE_EVERY_MS);
  return async () => {
    clearInterval(timer);
    const arrivals = (await Promise.all(carried)).flat().map(({ arriveMs }) => arriveMs);
    return { count: arrivals.length, p50: percentile(arrivals, 50), p95: percentile(arrivals, 95) };
  };
}

/** Hands in so many summaries at that pace. */
export async function probe(
  subject: Subject,
  tenants: readonly SuperOfficeTenant[],
  nextItems: NextItems,
  count: number,
): Promise<Probed> {
  const stop = startProbing(subject, tenants, nextItems);
  await sleep((count + 0.5) * PROBE_EVERY_MS);
  return stop();
}

function tenantInTurn(tenants: readonly SuperOfficeTenant[], turn: number): SuperOfficeTenant {
  const tenant = tenants[turn % tenants.length];
  if (tenant === undefined) throw new Error('There are no tenants.');
  return tenant;
}
