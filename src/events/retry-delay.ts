import { MAX_RETRY_AFTER_MS, MIN_RETRY_AFTER_MS } from '../superoffice/retry-delay.js';

/**
 * Pauses between attempts, in units of the first one: with the default of 5 seconds 5 s, 5 min, 30 min, 2 h, 5 h, 10 h,
 * 14 h, 20 h and 24 h, the schedule that Standard Webhooks suggests.
 */
const SCHEDULE = [1, 60, 360, 1_440, 3_600, 7_200, 10_080, 14_400, 17_280] as const;

/** Share of a pause by which it is longer or shorter, at random. */
const JITTER = 0.1;

/**
 * How long to wait before an event is sent again, in milliseconds; undefined after the last attempt.
 *
 * @param attempt the attempt that just failed, from 1
 * @param initialMs the first pause
 * @param retryAfterMs what the receiver asked for; it is never called earlier than that
 * @param random a source of numbers in [0, 1)
 */
export function eventRetryDelayMs(
  attempt: number,
  initialMs: number,
  retryAfterMs: number | undefined,
  random: () => number,
): number | undefined {
  const units = SCHEDULE[attempt - 1];
  if (units === undefined) return undefined;
  const pauseMs = Math.round(units * initialMs * (1 - JITTER + 2 * JITTER * random()));
  if (retryAfterMs === undefined) return pauseMs;
  return Math.max(pauseMs, Math.min(Math.max(retryAfterMs, MIN_RETRY_AFTER_MS), MAX_RETRY_AFTER_MS));
}
