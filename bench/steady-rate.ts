/** Where the middle of all arrivals begins and ends, in shares of them. */
const FROM = 0.1;
const TO = 0.9;

/**
 * Arrivals a second, between the tenth and the ninetieth of a hundred: neither how it begins, nor one straggler that all
 * the others have to wait for.
 *
 * @param arrivedAt in milliseconds
 */
export function steadyRate(arrivedAt: readonly number[]): number {
  const sorted = [...arrivedAt].sort((one, other) => one - other);
  const first = Math.floor(FROM * (sorted.length - 1));
  const last = Math.ceil(TO * (sorted.length - 1));
  const elapsedMs = (sorted[last] ?? Number.NaN) - (sorted[first] ?? Number.NaN);
  return ((last - first) / elapsedMs) * 1_000;
}
