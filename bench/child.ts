import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Arrivals } from './arrivals.js';
import { within } from './within.js';

const READY_WITHIN_MS = 120_000;

/** A process of a subject, which tells when it is ready and of each item that it is done with. */
export interface Child {
  pid: number;
  /** Hands a job over, and waits until the process says that it has taken it: its key. */
  accept(job: { deliveryId: string }): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a script of this folder, and hears from it. */
export async function startChild(
  script: string,
  env: Record<string, string>,
  arrivals?: Arrivals,
): Promise<Child> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    execArgv: process.execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  await ready(child, script);
  const accepted = new Arrivals();
  child.on('message', (message: { key: string; at: number } | { accepted: string }) => {
    if ('accepted' in message) accepted.arrived(message.accepted);
    else arrivals?.arrived(message.key, message.at);
  });
  const exited = once(child, 'exit');
  return {
    pid: child.pid ?? 0,
    async accept(job) {
      child.send(job);
      await within(READY_WITHIN_MS, accepted.wait(job.deliveryId), () => script);
      return job.deliveryId;
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function ready(child: ChildProcess, script: string): Promise<void> {
  const signal = AbortSignal.timeout(READY_WITHIN_MS);
  const failed = once(child, 'exit', { signal }).then(() => {
    throw new Error(`${script} ended before it was ready.`);
  });
  await Promise.race([once(child, 'message', { signal }), failed]);
}
