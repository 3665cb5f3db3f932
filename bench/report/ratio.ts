import type { SubjectResult } from '../comparison.js';
import type { Round } from '../measure.js';
import { median } from '../statistics.js';

/** How a subject compares with another one, round by round: a round of both saw the same machine. */
export interface Ratio {
  median: number;
  min: number;
  max: number;
}

/** @param ratio of a round of the one to the same round of the other */
export function ratioOf(
  subject: SubjectResult,
  other: SubjectResult,
  ratio: (round: Round, other: Round) => number,
): Ratio {
  const ratios = subject.rounds.flatMap((round, index) => {
    const beside = other.rounds[index];
    return beside === undefined ? [] : [ratio(round, beside)];
  });
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

export function ratioWords({ median, min, max }: Ratio): string {
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}
