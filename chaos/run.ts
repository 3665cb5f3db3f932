import { setTimeout as sleep } from 'node:timers/promises';
import { type Calls, callsOf, shareOf } from './calls.js';
import { type Clock, startClock } from './clock.js';
import { count, type Tally } from './count.js';
import { carryOutEvents } from './events.js';
import type { Ground } from './ground.js';
import { killByPlan } from './kills.js';
import type { ChaosPlan } from './plan.js';
import { type Deliveries, listedAsParked, retryParked, untilSettled } from './settle.js';
import { noSubmissions, type Submissions, submitAll } from './submissions.js';
import { summariesOf } from './summaries.js';
import { type Outage, Supervisor } from './supervisor.js';
import { type ChaosTenant, connectTenants } from './tenants.js';

/** What a run found. Times in seconds. */
export interface ChaosResult {
  tally: Tally;
  calls: Calls;
  /** In the order in which they came. */
  outages: (Omit<Outage, 'at'> & { second: number })[];
  submissions: {
    accepted: number;
    repeated: number;
    skipped: number;
    cancelledTooLate: number;
    refused: string[];
  };
  /** From the first summary to the last one accepted. */
  submittedIn: number;
  /** From the first summary to the end of the last delivery that needed nobody. */
  settledIn: number;
  /** Parked when the storm was over, and tried once more. */
  retried: number;
  /** Delivered in this time, a second. */
  deliveriesPerSecond: number;
}

/** Where a run tells how it goes. */
export interface Listener {
  say(line: string): void;
  /** How far it is, again and again. */
  progress(line: string): void;
  /** The first summary is about to be handed in. */
  onStart?(supervisors: readonly Supervisor[]): void;
  /** The last one was accepted. */
  onSubmitted?(): void;
}

const PROGRESS_MS = 5_000;
const QUIET_WITHIN_MS = 30_000;

/**
 * Carries a plan out, lets the storm pass, and counts in SuperOffice.
 *
 * @throws Error when a part can't be started again, or with the signal's reason; calls may then still be under way
 */
export async function runChaos(
  plan: ChaosPlan,
  ground: Ground,
  listener: Listener,
  signal: AbortSignal = new AbortController().signal,
): Promise<ChaosResult> {
  const supervisors = new Map(ground.parts.map((part) => [part.name, new Supervisor(part)]));
  const failures = [abortionOf(signal), ...[...supervisors.values()].map(({ failed }) => failed)];
  const orFail = <T>(work: Promise<T>): Promise<T> => Promise.race([work, ...failures]);
  try {
    const tenants = await orFail(connectTenants(ground, plan));
    listener.onStart?.([...supervisors.values()]);
    return await orFail(carryOut(plan, tenants, supervisors, listener));
  } finally {
    for (const supervisor of [...supervisors.values()].reverse()) await supervisor.stop();
  }
}

async function carryOut(
  plan: ChaosPlan,
  tenants: readonly ChaosTenant[],
  supervisors: ReadonlyMap<string, Supervisor>,
  listener: Listener,
): Promise<ChaosResult> {
  const submissions = noSubmissions();
  const deliveries: Deliveries = new Map();
  const clock = startClock();
  const outages = () => [...supervisors.values()].flatMap((supervisor) => supervisor.outages);
  const tellProgress = () =>
    listener.progress(
      `${clock.elapsedSeconds().toFixed(0)} s: ${submissions.accepted.size} of ${plan.deliveries} accepted, ` +
        `${filedIn(tenants)} filed, ${outages().length} outages, ` +
        `${(100 * shareOf(callsOf(tenants))).toFixed(0)} % of calls faulted`,
    );
  const timer = setInterval(tellProgress, PROGRESS_MS);
  try {
    const submittedIn = await storm(plan, tenants, supervisors, { clock, submissions, listener });
    const settling = { plan, tenants, submissions, deliveries };
    await untilSettled(settling);
    const [calls, delivered] = [callsOf(tenants), deliveredOf(deliveries)];
    for (const { weather } of tenants) weather.clearUp();
    const retried = [...deliveries.values()].filter(({ state }) => state === 'parked').length;
    listener.say(`Nothing is under way any more; the faults end, and ${retried} parked ones are retried.`);
    await retryParked(settling);
    await untilQuiet(tenants);

    const settledIn = (delivered.lastEndedAt - clock.startedAt) / 1_000;
    const evidence = {
      plan,
      accepted: submissions.accepted,
      deliveries,
      listedAsParked: await listedAsParked(tenants, deliveries),
      records: tenants.map(({ superOffice }) => superOffice.records),
    };
    return {
      tally: count(evidence),
      calls,
      outages: outages()
        .sort((a, b) => a.at - b.at)
        .map(({ at, ...outage }) => ({ second: (at - clock.startedAt) / 1_000, ...outage })),
      submissions: {
        ...submissions,
        accepted: submissions.accepted.size,
        refused: [...submissions.refused].map(([index, reason]) => `summary ${index}: ${reason}`),
      },
      submittedIn,
      settledIn,
      retried,
      deliveriesPerSecond: delivered.count / settledIn,
    };
  } finally {
    clearInterval(timer);
  }
}

/** Everything that the plan has, at the same time: how long the handing in took, in seconds. */
async function storm(
  plan: ChaosPlan,
  tenants: readonly ChaosTenant[],
  supervisors: ReadonlyMap<string, Supervisor>,
  { clock, submissions, listener }: { clock: Clock; submissions: Submissions; listener: Listener },
): Promise<number> {
  const say = (what: string) => listener.say(`${clock.elapsedSeconds().toFixed(1)} s: ${what}`);
  const submitted = submitAll(plan, tenants, summariesOf(plan), clock, submissions).then(() => {
    listener.onSubmitted?.();
    return clock.elapsedSeconds();
  });
  const kills = killByPlan(plan.killList, supervisors, clock, say);
  const [submittedIn] = await Promise.all([
    submitted,
    kills,
    carryOutEvents(plan.events, tenants, clock, say),
  ]);
  for (const supervisor of supervisors.values()) await supervisor.ready();
  return submittedIn;
}

function deliveredOf(deliveries: Deliveries): { count: number; lastEndedAt: number } {
  const ends = [...deliveries.values()].flatMap(({ state, endedAt }) =>
    state === 'delivered' && endedAt !== undefined ? [Date.parse(endedAt)] : [],
  );
  return { count: ends.length, lastEndedAt: ends.reduce((last, end) => Math.max(last, end), 0) };
}

function abortionOf(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
  // Whoever does not wait for it is told at the next wait.
  aborted.catch(() => undefined);
  return aborted;
}

function filedIn(tenants: readonly ChaosTenant[]): number {
  return tenants.reduce((sum, { superOffice }) => sum + superOffice.tables.appointment.length, 0);
}

/** A script that started late runs even when its caller has gone. */
async function untilQuiet(tenants: readonly ChaosTenant[]): Promise<void> {
  const deadline = Date.now() + QUIET_WITHIN_MS;
  const isBusy = () => tenants.some(({ superOffice }) => superOffice.counter.read().inFlight > 0);
  while (isBusy() && Date.now() < deadline) await sleep(100);
}
