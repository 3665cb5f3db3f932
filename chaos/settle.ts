import { setTimeout as sleep } from 'node:timers/promises';
import { type Delivery, ProblemError } from '@dci-superoffice/client';
import { inParallel } from '../demo/in-parallel.js';
import type { ChaosPlan } from './plan.js';
import type { Submissions } from './submissions.js';
import type { ChaosTenant } from './tenants.js';

/** What the API says became of the deliveries, by the number of the summary; absent: it knows of none. */
export type Deliveries = Map<number, Delivery>;

const ASKED_AT_A_TIME = 16;
const PAUSE_MS = 500;
/** Without a change for so long, there is none to come. */
const STALLED_MS = 120_000;
const LISTED_WITHIN_MS = 20_000;
/** Parked deliveries that were missed by a retry get another one after so long. */
const RETRY_AGAIN_MS = 15_000;

interface Settling {
  plan: ChaosPlan;
  tenants: readonly ChaosTenant[];
  submissions: Submissions;
  deliveries: Deliveries;
}

/** Waits until no delivery has anything left to do by itself: it has ended, or is parked. */
export async function untilSettled(settling: Settling): Promise<void> {
  await watch(settling, ({ state }) => state !== 'delivering');
}

/** Starts everything again that is parked, and waits until only those are left that the script refuses. */
export async function retryParked({ plan, tenants, ...rest }: Settling): Promise<void> {
  const settling = { plan, tenants, ...rest };
  const isStuck = (index: number, { state }: Delivery) => state === 'parked' && !plan.refused.has(index);
  let retriedAt = 0;
  await watch(
    settling,
    (delivery, index) => delivery.state !== 'delivering' && !isStuck(index, delivery),
    async () => {
      if (Date.now() - retriedAt < RETRY_AGAIN_MS) return;
      retriedAt = Date.now();
      const stuck = [...rest.deliveries].filter(([index, delivery]) => isStuck(index, delivery));
      const owners = new Set(stuck.map(([index]) => plan.owners[index] ?? 0));
      for (const owner of owners) await tenants[owner]?.api.retryAll();
    },
  );
}

/** Asks for all deliveries that are not there yet, over and over, until all are or nothing changes any more. */
async function watch(
  { plan, tenants, submissions, deliveries }: Settling,
  isThere: (delivery: Delivery, index: number) => boolean,
  beforeAsking: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const isOpen = ([index]: [number, string]) => {
    const delivery = deliveries.get(index);
    return delivery === undefined || !isThere(delivery, index);
  };
  let changedAt = Date.now();
  for (;;) {
    const open = [...submissions.accepted].filter(isOpen);
    if (open.length === 0 || Date.now() - changedAt > STALLED_MS) return;
    await beforeAsking();
    await inParallel(ASKED_AT_A_TIME, open, async ([index, deliveryId]) => {
      const before = deliveries.get(index);
      const delivery = await ask(tenants[plan.owners[index] ?? 0], deliveryId);
      if (delivery === undefined) return;
      deliveries.set(index, delivery);
      if (before?.state !== delivery.state || before.attempts !== delivery.attempts) changedAt = Date.now();
    });
    await sleep(PAUSE_MS);
  }
}

/** Undefined where the API knows of no such delivery: the count tells. */
async function ask(tenant: ChaosTenant | undefined, deliveryId: string): Promise<Delivery | undefined> {
  try {
    return await tenant?.api.delivery(deliveryId);
  } catch (error) {
    if (error instanceof ProblemError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

/** The parked deliveries that the lists of the tenants show; lists follow a little later than the deliveries. */
export async function listedAsParked(
  tenants: readonly ChaosTenant[],
  deliveries: Deliveries,
): Promise<Set<string>> {
  const parked = [...deliveries.values()].filter(({ state }) => state === 'parked');
  const deadline = Date.now() + LISTED_WITHIN_MS;
  for (;;) {
    const ids = new Set<string>();
    for (const { api } of tenants) {
      for await (const { deliveryId } of api.eachDelivery({ state: 'parked' })) ids.add(deliveryId);
    }
    if (parked.every(({ deliveryId }) => ids.has(deliveryId)) || Date.now() > deadline) return ids;
    await sleep(PAUSE_MS);
  }
}
