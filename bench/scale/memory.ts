import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes } from '../../stack/resident-memory.js';
import { median } from '../statistics.js';

const SAMPLE_EVERY_MS = 500;
/** Readings of which the median counts as the memory of a process that does nothing in particular. */
const READINGS = 10;

/** Resident memory by process, in bytes. */
export type Memory = Record<string, number>;

/** The most that there was of it, in bytes. */
export interface Peak {
  /** Of each process, whenever that was. */
  each: Memory;
  /** Of all of them at the same time. */
  together: number;
}

/** Waits until processes have settled, and reads their memory. */
export async function settledMemory(
  processes: Readonly<Record<string, number>>,
  settleMs: number,
): Promise<Memory> {
  await sleep(settleMs);
  const readings: Memory[] = [];
  while (readings.length < READINGS) {
    readings.push(read(processes));
    await sleep(SAMPLE_EVERY_MS);
  }
  return eachOf(processes, (name) => median(readings.map((reading) => reading[name] ?? 0)));
}

/** Begins to watch; the function that it returns ends it and tells the most that there was. */
export function watchPeak(processes: Readonly<Record<string, number>>): () => Peak {
  let each = read(processes);
  let together = totalOf(each);
  const sample = () => {
    const now = read(processes);
    each = eachOf(processes, (name) => Math.max(each[name] ?? 0, now[name] ?? 0));
    together = Math.max(together, totalOf(now));
  };
  const timer = setInterval(sample, SAMPLE_EVERY_MS);
  return () => {
    clearInterval(timer);
    sample();
    return { each, together };
  };
}

export function totalOf(memory: Memory): number {
  return Object.values(memory).reduce((sum, bytes) => sum + bytes, 0);
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}

function read(processes: Readonly<Record<string, number>>): Memory {
  return eachOf(processes, (name) => residentBytes(processes[name] ?? 0));
}

function eachOf(processes: Readonly<Record<string, number>>, bytes: (name: string) => number): Memory {
  return Object.fromEntries(Object.keys(processes).map((name) => [name, bytes(name)]));
}
