import type { ComparisonResult, SubjectResult } from '../comparison.js';
import { ANSWER_MS } from '../customers.js';
import type { Round } from '../measure.js';
import { duration, times } from './markdown.js';
import { ratioOf, ratioWords } from './ratio.js';
import { keptIf, type Verdict } from './verdict.js';

/**
 * What is promised of both ways, measured by the floor of the same rounds. Beside each figure stands what Temporal alone
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
    throughput(regular, { floor, best: withCall, limit: 0.9 }),
    latency(regular, { floor, best: withCall, limit: 1.2 }),
    acceptance(regular, { floor, best: withCall, limit: 1.25 }),
    throughput(shorter, { floor, best: atOnce, limit: 1.5 }),
    latency(shorter, { floor, best: atOnce, limit: 0.7 }),
    acceptance(shorter, { floor, best: atOnce, limit: 1.25 }),
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
  /** Of the ratio to the floor. */
  limit: number;
}

function throughput(subject: SubjectResult, measure: Measure): Verdict {
  const ratio = (round: Round, floor: Round) => round.perSecond / floor.perSecond;
  return {
    promise: `${subject.name}: throughput at least ${times(measure.limit)} floor`,
    measured: measuredOf(subject, measure, ratio),
    state: keptIf(ratioOf(subject, measure.floor, ratio).median >= measure.limit),
  };
}

function latency(subject: SubjectResult, measure: Measure): Verdict {
  const ratio = (round: Round, floor: Round) => (round.aloneCarryP50 - ANSWER_MS) / floor.aloneCarryP50;
  return {
    promise: `${subject.name}: from acceptance to the record (p50), without the answer's ${ANSWER_MS} ms, at most ${times(measure.limit)} floor`,
    measured: measuredOf(subject, measure, ratio, ({ aloneCarryP50 }) => aloneCarryP50),
    state: keptIf(ratioOf(subject, measure.floor, ratio).median <= measure.limit),
  };
}

function acceptance(subject: SubjectResult, measure: Measure): Verdict {
  const ratio = (round: Round, floor: Round) => round.aloneAcceptP50 / floor.aloneAcceptP50;
  return {
    promise: `${subject.name}: accepted (p50) within ${times(measure.limit)} a raw start`,
    measured: measuredOf(subject, measure, ratio, ({ aloneAcceptP50 }) => aloneAcceptP50),
    state: keptIf(ratioOf(subject, measure.floor, ratio).median <= measure.limit),
  };
}

/** @param milliseconds that the ratio is made of; absent where it is made of something else */
function measuredOf(
  subject: SubjectResult,
  { floor, best }: Measure,
  ratio: (round: Round, floor: Round) => number,
  milliseconds?: (figures: Round) => number,
): string {
  const words = (one: SubjectResult) => ratioWords(ratioOf(one, floor, ratio));
  return [
    words(subject),
    ...(milliseconds
      ? [`${duration(milliseconds(subject.figures))} beside ${duration(milliseconds(floor.figures))}`]
      : []),
    ...(best ? [`${best.name}: ${words(best)}`] : []),
  ].join('; ');
}
