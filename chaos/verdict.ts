import { shareOf } from './calls.js';
import { accountedFor } from './count.js';
import type { ChaosPlan } from './plan.js';
import type { ChaosResult } from './run.js';

/** What keeps a run from having passed, a line each; none: it has. */
export function findingsOf(plan: ChaosPlan, { tally, calls, outages, submissions }: ChaosResult): string[] {
  const killed = outages.filter(({ cause }) => cause === 'killed').length;
  const share = shareOf(calls);
  return [
    ...tally.lost.map((what) => `lost: ${what}`),
    ...tally.duplicates.map((what) => `duplicate: ${what}`),
    ...tally.unexplained.map((what) => `unexplained: ${what}`),
    ...submissions.refused.map((what) => `refused by the API: ${what}`),
    // A leak would begin anew with the process.
    ...(plan.kills === 0 ? outages.map(({ process }) => `${process} ended by itself`) : []),
    ...(killed < plan.kills ? [`only ${killed} of ${plan.kills} kills were carried out`] : []),
    ...(share < plan.faultShare
      ? [`only ${percent(share)} of the calls met a fault, of ${percent(plan.faultShare)} that were to`]
      : []),
  ];
}

/** The last line. */
export function verdictOf(plan: ChaosPlan, { tally }: ChaosResult): string {
  const { delivered, parked, cancelled, lost, duplicates } = tally;
  return (
    `${grouped(accountedFor(tally))} of ${grouped(plan.deliveries)} accounted for: ${grouped(delivered)} delivered, ` +
    `${grouped(parked)} parked, ${grouped(cancelled)} cancelled, ${grouped(lost.length)} lost, ` +
    `${grouped(duplicates.length)} duplicate records`
  );
}

/** `10,000` */
export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}

/** `32.1 %` */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
