import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers that a seed determines. */
export interface Random {
  /** A whole number, both bounds included. */
  between(from: number, to: number): number;
  /** A copy in random order. */
  shuffled<T>(items: readonly T[]): T[];
}

/** @param stream numbers of different streams of a seed have nothing to do with each other */
export function createRandom(seed: number, stream = 0): Random {
  // Seeds that lie near each other begin alike: the two are spread over all bits first.
  const generator = xoroshiro128plus(Math.imul(seed ^ Math.imul(stream + 1, 0x9e3779b1), 0x85ebca6b));
  const between = (from: number, to: number) => uniformInt(generator, from, to);
  return {
    between,
    shuffled(items) {
      const copy = [...items];
      for (let last = copy.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        [copy[last], copy[other]] = [copy[other] as never, copy[last] as never];
      }
      return copy;
    },
  };
}
