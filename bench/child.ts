import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { imageVariables } from '../deploy/check/dockerfile.js';
import type { Arrivals } from './arrivals.js';
import { within } from './within.js';

const READY_WITHIN_MS = 120_000;

/** What a process is asked to do. */
export interface Request {
  /** By which its answer is known; not under way already. */
  key: string;
}

/** What a process tells: that an item arrived, or what came of what it was asked. */
export type Message = { key: string; at: number } | { done: string } | { failed: string; why: string };

/** A process of a subject, which tells when it is ready and of each item that it is done with. */
export interface Child {
  pid: number;
  /** Waits until the process says that it has done what it is asked; rejects when it failed, or ended. */
  ask(request: Request): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a script of this folder, with the memory arenas that the service's image has, and hears from it. */
export async function startChild(
  script: string,
  env: Record<string, string>,
  arrivals?: Arrivals,
): Promise<Child> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: {
      ...process.env,
      MALLOC_ARENA_MAX: imageVariables().MALLOC_ARENA_MAX,
      ...env,
      NODE_ENV: 'production',
    },
    execArgv: process.execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  await ready(child, script);
  const asked = new Map<string, (failure?: Error) => void>();
  child.on('message', (message: Message) => {
    if ('at' in message) arrivals?.arrived(message.key, message.at);
    else if ('done' in message) asked.get(message.done)?.();
    else asked.get(message.failed)?.(new Error(`${script}: ${message.why}`));
  });
  const exited = once(child, 'exit');
  void exited.then(() => {
    for (const settle of asked.values()) settle(new Error(`${script} ended.`));
  });
  return {
    pid: child.pid ?? 0,
    async ask(request) {
      const answered = new Promise<void>((resolve, reject) => {
        asked.set(request.key, (failure) => (failure === undefined ? resolve() : reject(failure)));
        child.send(request, (failure) => {
          if (failure !== null) reject(failure);
        });
      });
      await within(READY_WITHIN_MS, answered, () => script).finally(() => asked.delete(request.key));
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
