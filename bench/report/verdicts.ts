import type { ComparisonResult, SubjectResult } from '../comparison.js';
import { ANSWER_MS } from '../customers.js';
import { keptIf, type Verdict } from './verdict.js';

/** What is promised of both ways, measured by the floor of the same run. */
export function verdictsOf({ subjects }: ComparisonResult): Verdict[] {
  const floor = subjects.find(({ name }) => name === 'floor');
  const regular = subjects.find(({ name }) => name === 'regular path');
  const shorter = subjects.find(({ name }) => name === 'shorter path');
  if (!floor || !regular || !shorter) return [];
  return [
    atLeast('regular path: throughput', regular, floor, 0.9),
    latency('regular path: p50 alone', regular, floor, 1.2),
    {
      promise: 'regular path: accepted within 1.25 × a raw start (p50)',
      measured: `${(regular.figures.acceptP50 / floor.figures.acceptP50).toFixed(2)} ×`,
      state: keptIf(regular.figures.acceptP50 <= 1.25 * floor.figures.acceptP50),
    },
    atLeast('shorter path: throughput', shorter, floor, 1.5),
    latency('shorter path: p50 alone', shorter, floor, 0.7),
    {
      promise: 'shorter path: at most 10 events and 2 billable actions a delivery',
      measured: `${shorter.history?.events ?? '?'} and ${shorter.history?.actions ?? '?'}`,
      state: keptIf((shorter.history?.events ?? 99) <= 10 && (shorter.history?.actions ?? 99) <= 2),
    },
  ];
}

function atLeast(what: string, subject: SubjectResult, floor: SubjectResult, ratio: number): Verdict {
  const measured = subject.figures.perSecond / floor.figures.perSecond;
  return {
    promise: `${what} at least ${ratio.toFixed(2)} × floor`,
    measured: `${measured.toFixed(2)} ×`,
    state: keptIf(measured >= ratio),
  };
}

function latency(what: string, subject: SubjectResult, floor: SubjectResult, ratio: number): Verdict {
  const allowed = ratio * floor.figures.aloneP50 + ANSWER_MS;
  return {
    promise: `${what} at most ${ratio} × floor + the answer's ${ANSWER_MS} ms = ${allowed.toFixed(0)} ms`,
    measured: `${subject.figures.aloneP50.toFixed(0)} ms`,
    state: keptIf(subject.figures.aloneP50 <= allowed),
  };
}
