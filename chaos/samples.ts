import { readdirSync } from 'node:fs';
import { residentBytes } from '../stack/resident-memory.js';
import type { Supervisor } from './supervisor.js';

/** What a process held at a time. */
export interface Sample {
  /** Since the sampling began. */
  second: number;
  /** Resident memory, in bytes. */
  rss: number;
  /** Open file descriptors: files, sockets, pipes. */
  handles: number;
}

/** The samples of each process, by its name. */
export type Samples = ReadonlyMap<string, Sample[]>;

const INTERVAL_MS = 5_000;
const sampled = /^(api|worker-\d+)$/;

/** Samples the API and the workers from now on, until the result is called. */
export function startSampling(supervisors: readonly Supervisor[]): () => Samples {
  const startedAt = Date.now();
  const processes = supervisors.filter(({ name }) => sampled.test(name));
  const samples = new Map(processes.map(({ name }) => [name, [] as Sample[]]));
  const timer = setInterval(() => {
    for (const { name, pid } of processes) {
      if (pid === undefined) continue;
      samples.get(name)?.push({ second: (Date.now() - startedAt) / 1_000, ...readProcess(pid) });
    }
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return samples;
  };
}

/** From Linux' /proc (proc_pid_fd(5)). */
function readProcess(pid: number): Omit<Sample, 'second'> {
  return { rss: residentBytes(pid), handles: readdirSync(`/proc/${pid}/fd`).length };
}
