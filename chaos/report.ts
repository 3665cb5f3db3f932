import { formatTable } from '../demo/table.js';
import { shareOf } from './calls.js';
import type { ChaosPlan } from './plan.js';
import type { ChaosResult } from './run.js';
import { findingsOf, grouped, percent } from './verdict.js';

const FINDINGS_SHOWN = 50;

/** A result for people. */
export function describeResult(plan: ChaosPlan, result: ChaosResult): string {
  const { calls, outages, submissions, retried } = result;
  const killed = outages.filter(({ cause }) => cause === 'killed');
  const findings = findingsOf(plan, result);
  return [
    '',
    ...(outages.length > 0
      ? [formatTable(['second', 'process', 'what', 'ready again after'], outages.map(rowOf)), '']
      : []),
    `${killed.length} kills carried out${byKind(killed)}; ${outages.length - killed.length} times a process ended by itself.`,
    `${grouped(calls.script.total)} calls of the script, ${grouped(calls.script.faulted)} of them with a fault ` +
      `(${percent(shareOf(calls))}); ${grouped(calls.state.total)} of the state API, ${grouped(calls.state.faulted)} of them with 503; ` +
      `${Object.keys(calls.byFault).length} kinds of faults.`,
    `${grouped(submissions.accepted)} summaries accepted in ${result.submittedIn.toFixed(0)} s: ` +
      `${submissions.repeated} once more, as the answer was lost; ${submissions.skipped} answers said that the tenant is paused.`,
    `${result.deliveriesPerSecond.toFixed(1)} deliveries a second, until the last one after ${result.settledIn.toFixed(0)} s; ` +
      `then ${retried} parked ones were retried.`,
    ...findings.slice(0, FINDINGS_SHOWN),
    ...(findings.length > FINDINGS_SHOWN
      ? [`… and ${findings.length - FINDINGS_SHOWN} more, in the file`]
      : []),
  ].join('\n');
}

function rowOf({ second, process, cause, downMs }: ChaosResult['outages'][number]): string[] {
  const down = downMs === undefined ? 'never' : `${(downMs / 1_000).toFixed(1)} s`;
  return [second.toFixed(1).padStart(6), process, cause, down];
}

function byKind(kills: readonly { process: string }[]): string {
  const counts = new Map<string, number>();
  for (const { process } of kills) counts.set(process, (counts.get(process) ?? 0) + 1);
  if (counts.size === 0) return '';
  return ` (${[...counts].map(([process, times]) => `${process} ${times}`).join(', ')})`;
}
