import { inParallel } from '../demo/in-parallel.js';
import { clock } from './arrivals.js';
import type { Item, Subject } from './subject.js';

/** Times of one item, in milliseconds. */
export interface Sample {
  /** Until the subject had taken it. */
  acceptMs: number;
  /** Until it was at the end of its way. */
  arriveMs: number;
  key: string;
}

export interface Load {
  samples: Sample[];
  /** From the first item's start to the last one's arrival. */
  elapsedMs: number;
}

/** Carries items, always so many of them at once: the next begins when one has arrived. */
export async function carry(subject: Subject, items: readonly Item[], inFlight: number): Promise<Load> {
  const samples: Sample[] = [];
  const startedAt = clock();
  await inParallel(inFlight, items, async (item) => {
    const handedAt = clock();
    const key = await subject.submit(item);
    const acceptMs = clock() - handedAt;
    samples.push({ acceptMs, arriveMs: (await subject.arrival(key)) - handedAt, key });
  });
  return { samples, elapsedMs: clock() - startedAt };
}
