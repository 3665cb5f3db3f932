import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { Supervisor } from '../../chaos/supervisor.js';
import type { Part, PartProcess } from '../../stack/part.js';

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

/** A process that does nothing for as long as it lives. */
function startIdle(): PartProcess {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  children.push(child);
  const ended = once(child, 'exit');
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return { pid: child.pid ?? 0, ended, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

function part(startAgain: Part['startAgain'] = () => Promise.resolve(startIdle())): Part {
  return { name: 'worker-1', process: startIdle(), startAgain };
}

const isAlive = (pid: number) =>
  children.some((child) => child.pid === pid && child.exitCode === null && child.signalCode === null);

test('a process that was killed is started again, and how long it was away is known', async () => {
  const supervisor = new Supervisor(part());
  const first = supervisor.pid ?? 0;
  await supervisor.kill();
  expect(isAlive(first)).toBe(false);
  await supervisor.ready();
  expect(supervisor.pid).not.toBe(first);
  expect(supervisor.outages).toEqual([
    {
      process: 'worker-1',
      pid: first,
      cause: 'killed',
      at: expect.any(Number) as number,
      downMs: expect.any(Number) as number,
    },
  ]);
  await supervisor.stop();
});

test('of two kills at once, the second hits the process that follows', async () => {
  const supervisor = new Supervisor(part());
  await Promise.all([supervisor.kill(), supervisor.kill()]);
  expect(new Set(supervisor.outages.map(({ pid }) => pid)).size).toBe(2);
  await supervisor.stop();
});

test('one that ends by itself is started again as well, and told apart', async () => {
  const supervisor = new Supervisor(part());
  process.kill(supervisor.pid ?? 0, 'SIGTERM');
  await expect.poll(() => supervisor.outages.length).toBe(1);
  await supervisor.ready();
  expect(supervisor.outages[0]).toMatchObject({ cause: 'ended by itself' });
  await supervisor.stop();
});

test('a start that fails is tried again', async () => {
  let starts = 0;
  const supervisor = new Supervisor(
    part(() => {
      starts += 1;
      return starts < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve(startIdle());
    }),
  );
  await supervisor.kill();
  await supervisor.ready();
  expect(starts).toBe(3);
  await supervisor.stop();
});

test('one that is stopped stays so', async () => {
  const supervisor = new Supervisor(part());
  await supervisor.stop();
  expect(supervisor.outages).toEqual([]);
  expect(children).toHaveLength(1);
});
