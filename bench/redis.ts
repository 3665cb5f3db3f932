import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../src/temporal/dev-server/free-port.js';

const READY_WITHIN_MS = 10_000;

/** Whether Redis can be started here. */
export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Starts Redis with its append-only file, synced every second: its own recommendation. */
export async function startRedis(
  folder: string,
): Promise<{ port: number; pid: number; stop(): Promise<void> }> {
  await mkdir(folder, { recursive: true });
  const port = await freePort('127.0.0.1', 0);
  const server = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--appendonly',
      'yes',
      '--appendfsync',
      'everysec',
      '--save',
      '',
    ],
    { stdio: 'ignore' },
  );
  process.once('exit', () => server.kill('SIGKILL'));
  const exited = once(server, 'exit');
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await accepts(port))) {
    if (Date.now() > deadline) throw new Error('Redis did not start.');
    await sleep(50);
  }
  return {
    port,
    pid: server.pid ?? 0,
    async stop() {
      server.kill('SIGTERM');
      await exited;
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
