import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '../demo/in-parallel.js';
import { clock } from './arrivals.js';
import { within } from './within.js';
import type { Item, Subject } from './subject.js';

/** Times of one item, in milliseconds. */
export interface Sample {
  /** Until the subject had taken it. */
  acceptMs: number;
  /** From there until it was at the end of its way. */
  carryMs: number;
  /** Both: from handing it over to the end of its way. */
  arriveMs: number;
  /** When that was, by the clock. */
  arrivedAt: number;
  key: string;
}

export interface Load {
  samples: Sample[];
  /** From the first item's start to the last one's arrival. */
  elapsedMs: number;
}

/** After which an item counts as lost, in milliseconds: what parks never arrives. */
const LOST_AFTER_MS = 5 * 60_000;

/** Carries items, always so many of them at once: the next begins when one has arrived. */
export async function carry(subject: Subject, items: readonly Item[], inFlight: number): Promise<Load> {
  const samples: Sample[] = [];
  const startedAt = clock();
  await inParallel(inFlight, items, async (item) => {
    samples.push(await carryOne(subject, item));
  });
  return { samples, elapsedMs: clock() - startedAt };
}

/** Carries items one at a time, each after a pause, in which what the one before left to be done is done. */
export async function carryAlone(
  subject: Subject,
  items: readonly Item[],
  pauseMs: number,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const item of items) {
    await sleep(pauseMs);
    samples.push(await carryOne(subject, item));
  }
  return samples;
}

async function carryOne(subject: Subject, item: Item): Promise<Sample> {
  const handedAt = clock();
  const key = await subject.submit(item);
  const acceptedAt = clock();
  const arrivedAt = await within(LOST_AFTER_MS, subject.arrival(key), () => `${subject.name}, ${key}`);
  return {
    acceptMs: acceptedAt - handedAt,
    carryMs: arrivedAt - acceptedAt,
    arriveMs: arrivedAt - handedAt,
    arrivedAt,
    key,
  };
}
