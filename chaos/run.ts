import { setTimeout as sleep } from 'node:timers/promises';
import { type Calls, callsOf, shareOf } from './calls.js';
import { startClock } from './clock.js';
import { count, type Tally } from './count.js';
import { carryOutEvents } from './events.js';
import type { Ground } from './ground.js';
import { killByPlan } from './kills.js';
import type { ChaosPlan } from './plan.js';
import { type Deliveries, listedAsParked, retryParked, untilSettled } from './settle.js';
import { noSubmissions, submitAll } from './submissions.js';
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
  /** From the first summary until nothing was under way any more. */
  settledIn: number;
  /** Parked when the storm was over, and tried once more. */
  retried: number;
  /** Delivered before that, a second. */
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
  const say = (line: string) => listener.say(line);
  const submissions = noSubmissions();
  const deliveries: Deliveries = new Map();
  const clock = startClock();
  const allOutages = () => [...supervisors.values()].flatMap(({ outages }) => outages);
  const tellProgress = () =>
    listener.progress(
      `${clock.elapsedSeconds().toFixed(0)} s: ${submissions.accepted.size} of ${plan.deliveries} accepted, ` +
        `${filedIn(tenants)} filed, ${allOutages().length} outages, ` +
        `${(100 * shareOf(callsOf(tenants))).toFixed(0)} % of calls faulted`,
    );
  const timer = setInterval(tellProgress, PROGRESS_MS);
  try {
    let submittedIn = 0;
    await Promise.all([
      submitAll(plan, tenants, summariesOf(plan), clock, submissions).then(() => {
        submittedIn = clock.elapsedSeconds();
        listener.onSubmitted?.();
      }),
      killByPlan(plan.killList, supervisors, clock, say),
      carryOutEvents(plan.events, tenants, clock, say),
    ]);
    for (const supervisor of supervisors.values()) await supervisor.ready();
    const settling = { plan, tenants, submissions, deliveries };
    await untilSettled(settling);
    const settledIn = clock.elapsedSeconds();
    const delivered = filedIn(tenants);

    const calls = callsOf(tenants);
    for (const { weather } of tenants) weather.clearUp();
    const retried = [...deliveries.values()].filter(({ state }) => state === 'parked').length;
    say(`${settledIn.toFixed(1)} s: nothing is under way; faults off, ${retried} parked are retried`);
    await retryParked(settling);
    await untilQuiet(tenants);
    return {
      tally: count({
        plan,
        accepted: submissions.accepted,
        deliveries,
        listedAsParked: await listedAsParked(tenants),
        records: tenants.map(({ superOffice }) => superOffice.records),
      }),
      calls,
      outages: allOutages()
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
      deliveriesPerSecond: delivered / settledIn,
    };
  } finally {
    clearInterval(timer);
  }
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
