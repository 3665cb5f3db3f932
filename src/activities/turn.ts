import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pacing, Place } from '../store/pacing.js';
import type { PushSummaryInput } from './types.js';

/** Short waits are sat out in the activity: coming back through Temporal would take as long, in milliseconds. */
const MAX_WAIT_HERE_MS = 5_000;
/** So long at most in all, however often it is told to wait a little more. */
const MAX_WAITS_HERE_MS = 15_000;
/** Who comes back through Temporal comes a little early and sits the rest out, so that the line never lacks its next. */
const MAX_EARLY_MS = 3_000;
const EARLY_SHARE = 0.25;

/** The place in its tenant's line of a summary that is to be pushed. */
export function placeOf({ tenantId, payload }: Pick<PushSummaryInput, 'tenantId' | 'payload'>): Place {
  return { tenantId, deliveryId: payload.deliveryId };
}

/** A turn that is held: a call may be made. */
export interface Turn {
  /** Whether it came only after a while, in which anything may have happened. */
  hasWaited: boolean;
  /** Shows that the call still runs. */
  extend(): Promise<void>;
  end(callMs?: number): Promise<void>;
}

/** Not yet: when to ask again, in milliseconds from now. Its place in the line is kept. */
export interface Later {
  waitMs: number;
}

/**
 * Takes a delivery's turn in its tenant's line; waits for it where that is a matter of seconds.
 *
 * @throws the signal's reason when the caller aborts
 */
export async function takeTurn(
  pacing: Pacing,
  place: Place,
  signal: AbortSignal,
  options: { express?: boolean } = {},
): Promise<Turn | Later> {
  for (let waited = 0; ;) {
    const waitMs = await pacing.take(place, options);
    if (waitMs === 0) return turnOf(pacing, place, waited > 0);
    if (waitMs > MAX_WAIT_HERE_MS || waited + waitMs > MAX_WAITS_HERE_MS) {
      return { waitMs: waitMs - Math.min(MAX_EARLY_MS, waitMs * EARLY_SHARE) };
    }
    waited += waitMs;
    await sleep(waitMs, undefined, { signal });
  }
}

/** A line that can't be reached right now must not undo a call that was made: a lease ends by itself. */
function turnOf(pacing: Pacing, place: Place, hasWaited: boolean): Turn {
  const takenAt = performance.now();
  return {
    hasWaited,
    extend: () => pacing.extend(place).catch(() => undefined),
    end: (callMs) =>
      pacing.end(place, { heldMs: performance.now() - takenAt, callMs }).catch(() => undefined),
  };
}
