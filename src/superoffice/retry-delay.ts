import type { TransientTrouble } from '../domain/diagnosis.js';

/** How deliveries are paced when SuperOffice can't take them. All in milliseconds. */
export interface RetryPacing {
  /** Upper bound of the first delay; it doubles with every attempt. */
  initialDelayMs: number;
  /** Where the doubling ends. */
  maximumDelayMs: number;
  /** Upper bound of a delay while SuperOffice is under maintenance, which lasts for hours. */
  maintenanceDelayMs: number;
}

/** Defaults: from 2 seconds, doubling to a cap of 30 minutes; every 15 minutes at most during maintenance. */
export const DEFAULT_RETRY_PACING: RetryPacing = {
  initialDelayMs: 2_000,
  maximumDelayMs: 30 * 60_000,
  maintenanceDelayMs: 15 * 60_000,
};

/** A server's `Retry-After` is obeyed between these bounds: it can neither hammer itself nor park a delivery for ever. */
export const MIN_RETRY_AFTER_MS = 1_000;
export const MAX_RETRY_AFTER_MS = 6 * 60 * 60_000;

/** Share that is added, at random, to a delay that the server chose: never earlier than asked, and no herd. */
const RETRY_AFTER_SPREAD = 0.1;

/** Troubles that more calls make worse start this many doublings further up. */
const OVERLOAD_HEAD_START = 3;
const overloads: ReadonlySet<TransientTrouble> = new Set(['throttled', 'timeout']);

/**
 * How long to wait before the next attempt, in milliseconds.
 *
 * Full jitter: evenly between nothing and a bound that doubles with each attempt, so that deliveries that failed
 * together do not come back together. Temporal's own backoff has no jitter.
 *
 * @param attempt the attempt that just failed, from 1
 * @param random a source of numbers in [0, 1)
 */
export function retryDelayMs(
  {
    attempt,
    code,
    retryAfterMs,
  }: { attempt: number; code: TransientTrouble; retryAfterMs?: number | undefined },
  pacing: RetryPacing,
  random: () => number,
): number {
  if (retryAfterMs !== undefined) {
    const asked = Math.min(Math.max(retryAfterMs, MIN_RETRY_AFTER_MS), MAX_RETRY_AFTER_MS);
    return Math.round(asked * (1 + RETRY_AFTER_SPREAD * random()));
  }
  if (code === 'maintenance') {
    return Math.round(pacing.maintenanceDelayMs * (0.5 + 0.5 * random()));
  }
  const doublings = attempt - 1 + (overloads.has(code) ? OVERLOAD_HEAD_START : 0);
  const bound = Math.min(pacing.initialDelayMs * 2 ** doublings, pacing.maximumDelayMs);
  return Math.round(bound * random());
}
