import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processes.js';

const GRACE_MS = 10_000;
const KILL_WAIT_MS = 5_000;
const POLL_MS = 50;

/** Asks a process to end, kills it after 10 s, and returns when it is gone. */
export async function stopProcess(pid: number): Promise<void> {
  signal(pid, 'SIGTERM');
  if (await isGoneWithin(pid, GRACE_MS)) return;
  signal(pid, 'SIGKILL');
  await isGoneWithin(pid, KILL_WAIT_MS);
}

/** Resolves when the process is gone. Does not keep this process running. */
export function untilGone(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(timer);
      resolve();
    }, 500);
    timer.unref();
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function isGoneWithin(pid: number, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (isAlive(pid)) {
    if (Date.now() >= deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}
