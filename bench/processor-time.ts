import { readFileSync, readdirSync } from 'node:fs';

/** Clock ticks a second, as Linux tells them in /proc. */
const TICKS = 100;

/** Processor time so far of a process, in seconds; of PostgreSQL's, with all its children. */
export function processorSeconds(pid: number, withChildren = false): number {
  const pids = withChildren ? [pid, ...childrenOf(pid)] : [pid];
  return pids.reduce((sum, one) => sum + ticksOf(one), 0) / TICKS;
}

/** Own time, and that of children that have ended. */
function ticksOf(pid: number): number {
  const fields = statOf(pid);
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((one) => one > 0 && Number(statOf(one)[1] ?? 0) === pid);
}

/** The fields behind the name, which may hold blanks; nothing where the process is gone. */
function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
