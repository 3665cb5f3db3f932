import { duration, markdownTable, percent, times } from '../report/markdown.js';
import { keptIf } from '../report/verdict.js';
import type { BacklogFigures } from './backlog.js';
import { type Memory, mebibytes, totalOf } from './memory.js';
import type { PartResult } from './part.js';

/** What pending deliveries may cost, as a multiple of the memory at rest. */
const PROMISED_RATIO = 1.2;

export function describeBacklog(figures: BacklogFigures): PartResult {
  const { memory, pending, tenants, acceptedInMs, drainedInMs, pacingMs, retryMs, healthy, load } = figures;
  // Beside a service that has carried as many, and has nothing left: what a rush leaves behind is no cost of what waits.
  const ratio = totalOf(memory.pending) / totalOf(memory.drained);
  const count = pending.toLocaleString('en');
  const idealMs = Math.max(retryMs, (pending / tenants) * pacingMs);
  return {
    title: 'A backlog after maintenance',
    text: [
      markdownTable([
        ['memory', 'before', `${count} pending`, 'all delivered, at rest', 'pending × at rest', 'peak'],
        ...Object.keys(memory.before).map((name) =>
          row(name, (one) => one[name] ?? 0, memory, memory.peak.each[name] ?? 0),
        ),
        row('together', totalOf, memory, memory.peak.together),
      ]),
      '',
      `SuperOffice is under maintenance for ${tenants} tenants; ${count} summaries are accepted in ${duration(acceptedInMs)} and wait in Temporal, ` +
        `asking again after ${duration(retryMs)} at most. The cores are then ${percent(load.pending.busy)} busy.`,
      '',
      `When it is back, all of them are there after ${duration(drainedInMs)}: ${times(drainedInMs / idealMs)} the ${duration(idealMs)} that retries ` +
        `(and pacing, one call in ${duration(pacingMs)} for each tenant) allow at best; the cores were ${percent(load.draining.busy)} busy.`,
      '',
      markdownTable([
        ['tenants without trouble', 'summaries', 'p50', 'p95'],
        [
          'nothing else there',
          String(healthy.idle.count),
          duration(healthy.idle.p50),
          duration(healthy.idle.p95),
        ],
        [
          'while the others catch up',
          String(healthy.draining.count),
          duration(healthy.draining.p50),
          duration(healthy.draining.p95),
        ],
      ]),
    ].join('\n'),
    verdicts: [
      {
        promise: `${count} pending deliveries cost the service at most ${times(PROMISED_RATIO)} its memory at rest`,
        measured: `${times(ratio)} (${mebibytes(totalOf(memory.pending))} in place of ${mebibytes(totalOf(memory.drained))})`,
        state: keptIf(ratio <= PROMISED_RATIO),
      },
    ],
    figures,
  };
}

function row(
  name: string,
  bytesOf: (memory: Memory) => number,
  { before, pending, drained }: BacklogFigures['memory'],
  peak: number,
): string[] {
  return [
    name,
    mebibytes(bytesOf(before)),
    mebibytes(bytesOf(pending)),
    mebibytes(bytesOf(drained)),
    (bytesOf(pending) / bytesOf(drained)).toFixed(2),
    mebibytes(peak),
  ];
}
