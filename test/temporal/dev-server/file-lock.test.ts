import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withFileLock } from '../../../src/temporal/dev-server/file-lock.js';
import { temporaryFolder } from './fakes.js';

const ignoreWaiting = () => undefined;

test('one at a time does the work, and a failure lets the next one in', async () => {
  const lock = join(temporaryFolder(), 'lock');
  const events: string[] = [];
  const work = (name: string, fail: boolean) =>
    withFileLock(lock, ignoreWaiting, async () => {
      events.push(`${name} begins`);
      await sleep(50);
      events.push(`${name} ends`);
      if (fail) throw new Error('failed');
    });
  const first = expect(work('first', true)).rejects.toThrow('failed');
  await sleep(10);
  await Promise.all([first, work('second', false)]);
  expect(events).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  expect(existsSync(lock)).toBe(false);
});

test('the lock of a dead process is taken over', async () => {
  const lock = join(temporaryFolder(), 'lock');
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(lock, `${pid} token`);
  expect(await withFileLock(lock, ignoreWaiting, () => Promise.resolve('done'))).toBe('done');
});

test('a lock that nobody refreshes is taken over, even when its process id is in use again', async () => {
  const lock = join(temporaryFolder(), 'lock');
  await writeFile(lock, `${process.pid} token`);
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  expect(await withFileLock(lock, ignoreWaiting, () => Promise.resolve('done'))).toBe('done');
});

test('the lock of a live process is waited for, with a word on who holds it', async () => {
  const lock = join(temporaryFolder(), 'lock');
  await writeFile(lock, `${process.ppid} token`);
  const holders: number[] = [];
  const waiting = (pid: number) => void holders.push(pid);
  const done = withFileLock(lock, waiting, () => Promise.resolve('done'));
  await sleep(300);
  expect(holders).toEqual([process.ppid]);
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  expect(await done).toBe('done');
});
