import type { ComparisonResult, SubjectResult } from '../comparison.js';
import { ANSWER_MS } from '../customers.js';
import { duration, times } from './markdown.js';
import { keptIf, type Verdict } from './verdict.js';

/**
 * What is promised of both ways, measured by the floor of the same run. Beside each figure stands what Temporal alone
 * reaches when its one activity makes the same call: more than that, nothing on this machine could.
 */
export function verdictsOf({ subjects }: ComparisonResult): Verdict[] {
  const named = (wanted: string) => subjects.find(({ name }) => name === wanted);
  const floor = named('floor');
  const regular = named('regular path');
  const shorter = named('shorter path');
  if (!floor || !regular || !shorter) return [];
  const withCall = named('floor, with the call');
  const atOnce = named('floor, with the call at once');
  const { events = 99, actions = 99 } = shorter.history ?? {};
  return [
    throughput(regular, { floor, best: withCall, ratio: 0.9 }),
    latency(regular, { floor, best: withCall, ratio: 1.2 }),
    acceptance(regular, { floor, best: withCall, ratio: 1.25 }),
    throughput(shorter, { floor, best: atOnce, ratio: 1.5 }),
    latency(shorter, { floor, best: atOnce, ratio: 0.7 }),
    {
      promise: 'shorter path: at most 10 events and 2 billable actions a delivery',
      measured: `${events} and ${actions}`,
      state: keptIf(events <= 10 && actions <= 2),
    },
  ];
}

interface Measure {
  floor: SubjectResult;
  /** Temporal alone with the same call. */
  best: SubjectResult | undefined;
  ratio: number;
}

function throughput(subject: SubjectResult, { floor, best, ratio }: Measure): Verdict {
  const of = ({ figures }: SubjectResult) => figures.perSecond / floor.figures.perSecond;
  return {
    promise: `${subject.name}: throughput at least ${times(ratio)} floor`,
    measured: besideBest(times, of, subject, best),
    state: keptIf(of(subject) >= ratio),
  };
}

function latency(subject: SubjectResult, { floor, best, ratio }: Measure): Verdict {
  const of = ({ figures }: SubjectResult) => figures.aloneP50;
  const allowed = ratio * of(floor) + ANSWER_MS;
  return {
    promise: `${subject.name}: from acceptance to the record (p50) at most ${ratio} × floor + the answer's ${ANSWER_MS} ms = ${duration(allowed)}`,
    measured: besideBest(duration, of, subject, best),
    state: keptIf(of(subject) <= allowed),
  };
}

function acceptance(subject: SubjectResult, { floor, best, ratio }: Measure): Verdict {
  const of = ({ figures }: SubjectResult) => figures.acceptP50 / floor.figures.acceptP50;
  return {
    promise: `${subject.name}: accepted (p50) within ${times(ratio)} a raw start`,
    measured: besideBest(times, of, subject, best),
    state: keptIf(of(subject) <= ratio),
  };
}

function besideBest(
  words: (figure: number) => string,
  of: (subject: SubjectResult) => number,
  subject: SubjectResult,
  best: SubjectResult | undefined,
): string {
  return `${words(of(subject))}${best === undefined ? '' : ` (${best.name}: ${words(of(best))})`}`;
}
