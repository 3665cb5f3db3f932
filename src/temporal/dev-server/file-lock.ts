import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processes.js';

const REFRESH_MS = 2_000;
/** A holder that has not refreshed its lock for so long is gone, whatever its process id says. */
const STALE_MS = 30_000;
const POLL_MS = 200;
const REPORT_MS = 5_000;

/**
 * Runs `action` while holding the lock file `path`, so that one process at a time does it; the others wait.
 * The lock of a process that is gone is taken over. It is advisory, and what it guards must survive being
 * done twice.
 * @param waiting gets the holder's process id and the seconds waited so far, at once and then every 5 s
 */
export async function withFileLock<Result>(
  path: string,
  waiting: (holderPid: number, seconds: number) => void,
  action: () => Promise<Result>,
): Promise<Result> {
  await mkdir(dirname(path), { recursive: true });
  const token = `${process.pid} ${randomUUID()}`;
  await acquire(path, token, waiting);
  // A process id alone says little after a restart of a container, where ids repeat: hence the heartbeat.
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, REFRESH_MS);
  heartbeat.unref();
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    if ((await contentOf(path)) === token) await rm(path, { force: true });
  }
}

async function acquire(
  path: string,
  token: string,
  waiting: (holderPid: number, seconds: number) => void,
): Promise<void> {
  const start = Date.now();
  let nextReport = start;
  while (!(await create(path, token))) {
    const holder = await contentOf(path);
    if (holder === undefined) continue;
    const holderPid = Number.parseInt(holder, 10);
    if (await isStale(path, holderPid)) {
      await takeAway(path, holder);
      continue;
    }
    if (Date.now() >= nextReport) {
      nextReport = Date.now() + REPORT_MS;
      waiting(holderPid, Math.round((Date.now() - start) / 1_000));
    }
    await sleep(POLL_MS);
  }
}

async function create(path: string, token: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(token).finally(() => file.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string, holderPid: number): Promise<boolean> {
  if (!Number.isNaN(holderPid) && !isAlive(holderPid)) return true;
  const file = await stat(path).catch(() => undefined);
  return file !== undefined && Date.now() - file.mtimeMs > STALE_MS;
}

/** Renames before it removes: of several that find the lock stale only one succeeds. */
async function takeAway(path: string, holder: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    if ((await contentOf(path)) !== holder) return;
    await rename(path, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function contentOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
