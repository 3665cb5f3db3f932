import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * The process that listens on a TCP port of this machine.
 *
 * @throws Error when there is none, or it belongs to somebody else
 */
export function pidListeningOn(port: number): number {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set(
    ['tcp', 'tcp6'].flatMap((table) =>
      readFileSync(`/proc/net/${table}`, 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${hex}`))
        .map((fields) => `socket:[${fields[9] ?? ''}]`),
    ),
  );
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
  // A server may hand its socket on to children: the oldest process has it first.
  const found = pids
    .sort((one, other) => one - other)
    .find((pid) => socketsOf(pid).some((link) => inodes.has(link)));
  if (found === undefined) throw new Error(`Nothing that this user may see listens on port ${port}.`);
  return found;
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
