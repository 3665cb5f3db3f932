import type { Sample, Samples } from './samples.js';

/** How memory or handles of a process went, after it was warm. */
export interface Course {
  process: string;
  what: 'memory' | 'handles';
  /** Bytes, or a number of handles: where the line through the samples begins, and where it ends. */
  from: number;
  to: number;
  /** How much it grows in an hour, in the same unit. */
  perHour: number;
  isFlat: boolean;
}

/** Caches fill and code is compiled in this part of the time; what a process needs shows only afterwards. */
const WARM_UP_SHARE = 1 / 3;
/** Of what it began with; noise of a garbage collector stays below. */
const MAX_GROWTH = 0.1;
/** A connection more or less says nothing. */
const MAX_HANDLES_MORE = 5;
const SECONDS_PER_HOUR = 3_600;

/** Judges each process by the straight line that lies nearest to its samples (least squares). */
export function judge(samples: Samples): Course[] {
  return [...samples].flatMap(([process, all]) => {
    const last = all.at(-1)?.second ?? 0;
    const warm = all.filter(({ second }) => second >= last * WARM_UP_SHARE);
    return [
      courseOf(
        process,
        'memory',
        warm,
        ({ rss }) => rss,
        (from) => from * MAX_GROWTH,
      ),
      courseOf(
        process,
        'handles',
        warm,
        ({ handles }) => handles,
        () => MAX_HANDLES_MORE,
      ),
    ];
  });
}

function courseOf(
  process: string,
  what: Course['what'],
  samples: readonly Sample[],
  valueOf: (sample: Sample) => number,
  mayGrowBy: (from: number) => number,
): Course {
  const seconds = samples.map(({ second }) => second);
  const values = samples.map(valueOf);
  const [middle, level] = [meanOf(seconds), meanOf(values)];
  const spread = seconds.reduce((sum, second) => sum + (second - middle) ** 2, 0);
  const together = seconds.reduce(
    (sum, second, index) => sum + (second - middle) * ((values[index] ?? 0) - level),
    0,
  );
  const perSecond = spread === 0 ? 0 : together / spread;
  const at = (second: number) => level + perSecond * (second - middle);
  const [from, to] = [at(seconds[0] ?? 0), at(seconds.at(-1) ?? 0)];
  return {
    process,
    what,
    from,
    to,
    perHour: perSecond * SECONDS_PER_HOUR,
    isFlat: samples.length > 1 && to - from <= mayGrowBy(from),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
