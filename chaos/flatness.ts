import type { Samples } from './samples.js';

/** How memory or handles of a process went, after it was warm. */
export interface Course {
  process: string;
  what: 'memory' | 'handles';
  /** Bytes, or a number of handles: where the line through the lowest samples begins, and where it ends. */
  from: number;
  to: number;
  /** How much it grows in an hour, in the same unit. */
  perHour: number;
  isFlat: boolean;
}

/** Caches fill and code is compiled in this part of the time; what a process needs shows only afterwards. */
const WARM_UP_SHARE = 1 / 3;
/** The lowest sample of each of so many parts of the rest counts: a garbage collector lets memory go up and down. */
const PARTS = 6;
/** Of what it began with. */
const MAX_GROWTH = 0.1;
/** A connection more or less says nothing. */
const MAX_HANDLES_MORE = 5;
const SECONDS_PER_HOUR = 3_600;

interface Point {
  second: number;
  value: number;
}

/** Judges each process by the straight line (least squares) through the lowest samples of its time. */
export function judge(samples: Samples): Course[] {
  return [...samples].flatMap(([process, all]) => {
    const last = all.at(-1)?.second ?? 0;
    const warm = all.filter(({ second }) => second >= last * WARM_UP_SHARE);
    const memory = warm.map(({ second, rss }) => ({ second, value: rss }));
    const handles = warm.map(({ second, handles: value }) => ({ second, value }));
    return [
      { process, what: 'memory' as const, ...courseOf(memory, (from) => from * MAX_GROWTH) },
      { process, what: 'handles' as const, ...courseOf(handles, () => MAX_HANDLES_MORE) },
    ];
  });
}

function courseOf(
  points: readonly Point[],
  mayGrowBy: (from: number) => number,
): Omit<Course, 'process' | 'what'> {
  const lowest = lowestOfEachPart(points);
  const { level, middle, perSecond } = lineThrough(lowest);
  const at = (second: number) => level + perSecond * (second - middle);
  const [from, to] = [at(points[0]?.second ?? 0), at(points.at(-1)?.second ?? 0)];
  return {
    from,
    to,
    perHour: perSecond * SECONDS_PER_HOUR,
    isFlat: lowest.length === PARTS && to - from <= mayGrowBy(from),
  };
}

function lowestOfEachPart(points: readonly Point[]): Point[] {
  const size = points.length / PARTS;
  return Array.from({ length: PARTS }, (_, part) =>
    points.slice(Math.floor(part * size), Math.floor((part + 1) * size)),
  ).flatMap((part) => part.sort((a, b) => a.value - b.value)[0] ?? []);
}

function lineThrough(points: readonly Point[]): { level: number; middle: number; perSecond: number } {
  const middle = meanOf(points.map(({ second }) => second));
  const level = meanOf(points.map(({ value }) => value));
  const spread = points.reduce((sum, { second }) => sum + (second - middle) ** 2, 0);
  const together = points.reduce((sum, { second, value }) => sum + (second - middle) * (value - level), 0);
  return { level, middle, perSecond: spread === 0 ? 0 : together / spread };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
