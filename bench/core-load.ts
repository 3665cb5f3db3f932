import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { clock } from './arrivals.js';
import { processorSeconds } from './processor-time.js';

/** Where the processor time of the machine went. Shares of all cores, from 0 to 1. */
export interface CoreLoad {
  cores: number;
  /** How long was watched, in milliseconds. */
  elapsedMs: number;
  /** Not idle, for whatever process. */
  busy: number;
  /** Of each group of processes that was watched. */
  shares: Record<string, number>;
  /** Of processes that were not watched. */
  others: number;
}

/**
 * Begins to watch; the function that it returns ends it and tells.
 *
 * @param processes by name; those whose names differ in a number at their end are counted together
 */
export function watchCores(processes: Readonly<Record<string, number>>): () => CoreLoad {
  const cores = cpus().length;
  const startedAt = clock();
  const ticksBefore = readTicks();
  const before = secondsOf(processes);
  return () => {
    const ticks = readTicks();
    const total = ticks.total - ticksBefore.total;
    const busy = total === 0 ? 0 : 1 - (ticks.idle - ticksBefore.idle) / total;
    const elapsedMs = clock() - startedAt;
    const availableSeconds = (cores * elapsedMs) / 1_000;
    const shares = Object.fromEntries(
      Object.entries(secondsOf(processes)).map(([name, seconds]) => [
        name,
        (seconds - (before[name] ?? 0)) / availableSeconds,
      ]),
    );
    const ours = Object.values(shares).reduce((sum, share) => sum + share, 0);
    return { cores, elapsedMs, busy, shares, others: Math.max(0, busy - ours) };
  };
}

function secondsOf(processes: Readonly<Record<string, number>>): Record<string, number> {
  const seconds: Record<string, number> = {};
  for (const [name, pid] of Object.entries(processes)) {
    const group = name.replace(/ \d+$/, '');
    seconds[group] = (seconds[group] ?? 0) + processorSeconds(pid, name === 'PostgreSQL');
  }
  return seconds;
}

/** Ticks of all cores since the machine started, from Linux' /proc/stat (proc(5)). */
function readTicks(): { total: number; idle: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  // The fields behind these, of guests, are counted in `user` already.
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, interrupts = 0, soft = 0, stolen = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return {
    total: user + nice + system + idle + waiting + interrupts + soft + stolen,
    idle: idle + waiting,
  };
}

/** Means of loads, each of which counts the same, however long it was. */
export function meanLoad(loads: readonly CoreLoad[]): CoreLoad {
  const mean = (of: (load: CoreLoad) => number) =>
    loads.reduce((sum, load) => sum + of(load), 0) / loads.length;
  const [first] = loads;
  return {
    cores: first?.cores ?? 0,
    elapsedMs: mean(({ elapsedMs }) => elapsedMs),
    busy: mean(({ busy }) => busy),
    shares: Object.fromEntries(
      Object.keys(first?.shares ?? {}).map((name) => [name, mean(({ shares }) => shares[name] ?? 0)]),
    ),
    others: mean(({ others }) => others),
  };
}
