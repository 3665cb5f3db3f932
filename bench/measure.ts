import { setTimeout as sleep } from 'node:timers/promises';
import { type CoreLoad, meanLoad, watchCores } from './core-load.js';
import { carry, carryAlone, type Load, type Sample } from './load.js';
import type { Place } from './place.js';
import { median, percentile } from './statistics.js';
import { steadyRate } from './steady-rate.js';
import type { Item, Subject } from './subject.js';

/** What a round measured of one subject. Times in milliseconds. */
export interface Round {
  /** Items a second, many at once, in the steady middle of the round. */
  perSecond: number;
  /** The same from the first item's start to the last one's arrival. */
  perSecondToTheLast: number;
  /** From handing over to SuperOffice's answer, many at once. */
  arriveP50: number;
  arriveP95: number;
  arriveP99: number;
  /** The longest of these. */
  arriveLongest: number;
  /** Until the subject had taken the item, many at once. */
  acceptP50: number;
  acceptP95: number;
  /** The same, one at a time. */
  aloneAcceptP50: number;
  /** From acceptance to SuperOffice's answer, one at a time. */
  aloneCarryP50: number;
  /** Where the processor time went, many at once. */
  load: CoreLoad;
  /** Processor time of each process for one item, many at once. */
  processorMs: Record<string, number>;
}

/** How much one round carries. */
export interface RoundSize {
  /** Items of the part with many at once. */
  many: number;
  inFlight: number;
  /** Items of the part with one at a time. */
  alone: number;
}

/** Between many items and the first lone one, for what the many left to be done, in milliseconds. */
const SETTLE_MS = 1_000;
/** Before each lone item, in milliseconds: longer than one leaves anything to be done. */
const ALONE_PAUSE_MS = 200;

/**
 * Carries items many at once, then one at a time: every tenant was then called a moment ago, and what is kept of it
 * (connections, states) is as fresh for each subject. The first ones are not measured: since the subject's last round,
 * its pools have closed what was idle.
 */
export async function measureRound(
  place: Place,
  subject: Subject,
  nextItems: (count: number) => Item[],
  size: RoundSize,
): Promise<Round> {
  await carry(subject, nextItems(size.inFlight), size.inFlight);
  const items = nextItems(size.many);
  const stopWatching = watchCores(processesOf(place, subject));
  const many = await carry(subject, items, size.inFlight);
  const load = stopWatching();
  await sleep(SETTLE_MS);
  const alone = await carryAlone(subject, nextItems(size.alone), ALONE_PAUSE_MS);
  return roundOf(many, load, alone);
}

function roundOf({ samples, elapsedMs }: Load, load: CoreLoad, alone: readonly Sample[]): Round {
  const arrivals = samples.map(({ arriveMs }) => arriveMs);
  const acceptances = samples.map(({ acceptMs }) => acceptMs);
  return {
    perSecond: steadyRate(samples.map(({ arrivedAt }) => arrivedAt)),
    perSecondToTheLast: (samples.length / elapsedMs) * 1_000,
    arriveP50: percentile(arrivals, 50),
    arriveP95: percentile(arrivals, 95),
    arriveP99: percentile(arrivals, 99),
    arriveLongest: percentile(arrivals, 100),
    acceptP50: percentile(acceptances, 50),
    acceptP95: percentile(acceptances, 95),
    aloneAcceptP50: median(alone.map(({ acceptMs }) => acceptMs)),
    aloneCarryP50: median(alone.map(({ carryMs }) => carryMs)),
    load,
    processorMs: Object.fromEntries(
      Object.entries(load.shares).map(([name, share]) => [
        name,
        (share * load.cores * load.elapsedMs) / samples.length,
      ]),
    ),
  };
}

/** A subject's own processes, and the shared ones that it uses. */
function processesOf(place: Place, { processes, uses }: Subject): Record<string, number> {
  return { ...processes, ...Object.fromEntries(uses.map((name) => [name, place.processes[name]])) };
}

/** The median of each figure over all rounds; of the cores, the mean. */
export function medianRound(rounds: readonly Round[]): Round {
  const of = (figure: (round: Round) => number) => median(rounds.map(figure));
  const load = meanLoad(rounds.map(({ load }) => load));
  return {
    perSecond: of(({ perSecond }) => perSecond),
    perSecondToTheLast: of(({ perSecondToTheLast }) => perSecondToTheLast),
    arriveP50: of(({ arriveP50 }) => arriveP50),
    arriveP95: of(({ arriveP95 }) => arriveP95),
    arriveP99: of(({ arriveP99 }) => arriveP99),
    arriveLongest: of(({ arriveLongest }) => arriveLongest),
    acceptP50: of(({ acceptP50 }) => acceptP50),
    acceptP95: of(({ acceptP95 }) => acceptP95),
    aloneAcceptP50: of(({ aloneAcceptP50 }) => aloneAcceptP50),
    aloneCarryP50: of(({ aloneCarryP50 }) => aloneCarryP50),
    load,
    processorMs: Object.fromEntries(
      Object.keys(load.shares).map((name) => [name, of(({ processorMs }) => processorMs[name] ?? 0)]),
    ),
  };
}
