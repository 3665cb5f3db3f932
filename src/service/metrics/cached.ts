/**
 * A value that is looked up when somebody asks and then kept for a while, however many ask at once; undefined while it
 * can't be told.
 *
 * @param maxAgeMs how long it is kept, in milliseconds
 */
export function cached<T>(
  lookUp: () => Promise<T>,
  maxAgeMs: number,
  now: () => number = Date.now,
): () => Promise<T | undefined> {
  let last: { value: Promise<T | undefined>; at: number } | undefined;
  return () => {
    if (!last || now() - last.at >= maxAgeMs) last = { value: lookUp().catch(() => undefined), at: now() };
    return last.value;
  };
}
