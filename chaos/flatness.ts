import type { Samples } from './samples.js';

/** How memory or handles of a process went, after it was warm. */
export interface Course {
  process: string;
  what: 'memory' | 'handles';
  /** Bytes, or a number of handles: where the line begins, and where it ends. */
  from: number;
  to: number;
  /** How much it grows in an hour, in the same unit. */
  perHour: number;
  isFlat: boolean;
}

/** Caches fill and code is compiled in this part of the time; what a process needs shows only afterwards. */
const WARM_UP_SHARE = 1 / 3;
/** The rest is cut into so many parts, each of which counts as one sample. */
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

/** Which of the samples of a part counts; from the lowest to the highest. */
type Choice = (sorted: readonly Point[]) => Point | undefined;

/** The middle of its samples: a garbage collector lets memory go up and down, and a system may take back what lies idle. */
const middle: Choice = (sorted) => sorted[Math.floor(sorted.length / 2)];
/** The lowest: connections come with the load, and go. */
const lowest: Choice = ([first]) => first;

/** Judges each process by the straight line (least squares) through the parts of its time. */
export function judge(samples: Samples): Course[] {
  return [...samples].flatMap(([process, all]) => {
    const last = all.at(-1)?.second ?? 0;
    const warm = all.filter(({ second }) => second >= last * WARM_UP_SHARE);
    const memory = warm.map(({ second, rss }) => ({ second, value: rss }));
    const handles = warm.map(({ second, handles: value }) => ({ second, value }));
    return [
      { process, what: 'memory' as const, ...courseOf(memory, middle, (from) => from * MAX_GROWTH) },
      { process, what: 'handles' as const, ...courseOf(handles, lowest, () => MAX_HANDLES_MORE) },
    ];
  });
}

function courseOf(
  points: readonly Point[],
  choose: Choice,
  mayGrowBy: (from: number) => number,
): Omit<Course, 'process' | 'what'> {
  const chosen = ofEachPart(points, choose);
  const { level, middle, perSecond } = lineThrough(chosen);
  const at = (second: number) => level + perSecond * (second - middle);
  const [from, to] = [at(points[0]?.second ?? 0), at(points.at(-1)?.second ?? 0)];
  return {
    from,
    to,
    perHour: perSecond * SECONDS_PER_HOUR,
    isFlat: chosen.length === PARTS && to - from <= mayGrowBy(from),
  };
}

function ofEachPart(points: readonly Point[], choose: Choice): Point[] {
  const size = points.length / PARTS;
  return Array.from({ length: PARTS }, (_, part) =>
    points.slice(Math.floor(part * size), Math.floor((part + 1) * size)),
  ).flatMap((part) => choose(part.sort((a, b) => a.value - b.value)) ?? []);
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
