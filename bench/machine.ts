import { arch, cpus, release, totalmem, type } from 'node:os';

/** What a run was measured on. */
export function machineOf() {
  const [first] = cpus();
  return {
    system: `${type()} ${release()} ${arch()}`,
    processor: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}
