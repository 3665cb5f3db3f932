import { setTimeout as sleep } from 'node:timers/promises';
import { atWork } from './at-work.js';
import { carry } from './load.js';
import type { Place } from './place.js';
import { transactionsOf } from './service-database.js';
import type { Item, Subject } from './subject.js';

/** PostgreSQL's connections tell their statistics within ten seconds of doing nothing; in milliseconds. */
const TOLD_AFTER_MS = 11_000;
const COUNTED_ITEMS = 50;

/**
 * Statements of one item, for each subject whose statements are counted: apart from the rounds, which would each take
 * longer by these waits.
 */
export async function countStatements(
  place: Place,
  subjects: readonly Subject[],
  nextItems: (count: number) => Item[],
  inFlight: number,
): Promise<Map<Subject, number>> {
  const counts = new Map<Subject, number>();
  // One wait for all that went before, also of the subjects that follow: meanwhile they do nothing.
  await sleep(TOLD_AFTER_MS);
  for (const subject of subjects) {
    const { database } = subject;
    if (database === undefined) continue;
    const before = await transactionsOf(place, database);
    await atWork(subject, () => carry(subject, nextItems(COUNTED_ITEMS), inFlight));
    await sleep(TOLD_AFTER_MS);
    counts.set(subject, ((await transactionsOf(place, database)) - before) / COUNTED_ITEMS);
  }
  return counts;
}
