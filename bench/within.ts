import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What was promised, if it comes in time.
 *
 * @param why asked when it does not, for the message of the error
 */
export async function within<T>(
  milliseconds: number,
  promised: Promise<T>,
  why: () => string | Promise<string>,
): Promise<T> {
  const over = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: over.signal }).then(async () => {
    throw new Error(`Not done within ${milliseconds / 1_000} s: ${await why()}`);
  });
  try {
    return await Promise.race([promised, late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
  }
}
