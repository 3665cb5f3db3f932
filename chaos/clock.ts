import { setTimeout as sleep } from 'node:timers/promises';

/** Counts the seconds of a run, from the first summary. */
export interface Clock {
  /** Since the epoch, in milliseconds. */
  readonly startedAt: number;
  elapsedSeconds(): number;
  /** Resolves at once for a second that has passed. */
  until(second: number): Promise<void>;
}

export function startClock(): Clock {
  const startedAt = Date.now();
  return {
    startedAt,
    elapsedSeconds: () => (Date.now() - startedAt) / 1_000,
    async until(second) {
      const waitMs = startedAt + second * 1_000 - Date.now();
      if (waitMs > 0) await sleep(waitMs);
    },
  };
}
