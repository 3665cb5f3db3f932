import { setTimeout as sleep } from 'node:timers/promises';
import { transactionsOf } from './service-database.js';
import { carry } from './load.js';
import type { Place } from './place.js';
import { processorSeconds } from './processor-time.js';
import { median, percentile } from './statistics.js';
import type { Item, Subject } from './subject.js';

/** What a round measured of one subject. */
export interface Round {
  /** Items a second, so many of them at once. */
  perSecond: number;
  /** From acceptance to SuperOffice's answer, many at once; milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  /** The same, one at a time. */
  aloneP50: number;
  /** Until the subject had taken the item, one at a time. */
  acceptP50: number;
  /** Processor time of each process for one item, in milliseconds. */
  processorMs: Record<string, number>;
  /** Transactions of the service's database for one item. */
  transactions?: number;
}

/** How much one round carries. */
export interface RoundSize {
  /** Items of the part with many at once. */
  many: number;
  inFlight: number;
  /** Items of the part with one at a time. */
  alone: number;
}

/** Statistics of PostgreSQL arrive a little later, in milliseconds. */
const STATISTICS_DELAY_MS = 1_100;

/**
 * Carries items many at once, then one at a time: every tenant was then called a moment ago, and what is kept of it
 * (connections, states) is as fresh for each subject.
 */
export async function measureRound(
  place: Place,
  subject: Subject,
  nextItems: (count: number) => Item[],
  size: RoundSize,
): Promise<Round> {
  const { database } = subject;
  if (database !== undefined) await sleep(STATISTICS_DELAY_MS);
  const transactionsBefore = database === undefined ? 0 : await transactionsOf(place, database);
  const before = processorTimes(place, subject);
  const many = await carry(subject, nextItems(size.many), size.inFlight);
  const after = processorTimes(place, subject);
  if (database !== undefined) await sleep(STATISTICS_DELAY_MS);
  const transactions =
    database === undefined ? 0 : (await transactionsOf(place, database)) - transactionsBefore;
  const alone = await carry(subject, nextItems(size.alone), 1);
  const carried = many.samples.map(({ carryMs }) => carryMs);
  return {
    perSecond: (many.samples.length / many.elapsedMs) * 1000,
    p50: percentile(carried, 50),
    p95: percentile(carried, 95),
    p99: percentile(carried, 99),
    aloneP50: median(alone.samples.map(({ carryMs }) => carryMs)),
    acceptP50: median(alone.samples.map(({ acceptMs }) => acceptMs)),
    processorMs: Object.fromEntries(
      Object.entries(after).map(([name, seconds]) => [
        name,
        ((seconds - (before[name] ?? 0)) * 1000) / many.samples.length,
      ]),
    ),
    ...(database !== undefined && { transactions: transactions / many.samples.length }),
  };
}

function processorTimes(place: Place, subject: Subject): Record<string, number> {
  return Object.fromEntries(
    Object.entries({ ...subject.processes, ...place.processes }).map(([name, pid]) => [
      name,
      processorSeconds(pid, name === 'PostgreSQL'),
    ]),
  );
}

/** The median of each figure over all rounds. */
export function medianRound(rounds: readonly Round[]): Round {
  const of = (figure: Exclude<keyof Round, 'processorMs' | 'transactions'>) =>
    median(rounds.map((round) => round[figure]));
  const names = Object.keys(rounds[0]?.processorMs ?? {});
  const transactions = rounds.flatMap((round) =>
    round.transactions === undefined ? [] : [round.transactions],
  );
  return {
    perSecond: of('perSecond'),
    p50: of('p50'),
    p95: of('p95'),
    p99: of('p99'),
    aloneP50: of('aloneP50'),
    acceptP50: of('acceptP50'),
    processorMs: Object.fromEntries(
      names.map((name) => [name, median(rounds.map(({ processorMs }) => processorMs[name] ?? 0))]),
    ),
    ...(transactions.length > 0 && { transactions: median(transactions) }),
  };
}
