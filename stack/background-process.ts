import { type ChildProcess, spawn } from 'node:child_process';
import { openServerLog } from '../src/temporal/dev-server/server-log.js';
import { stopProcess } from '../src/temporal/dev-server/stop-process.js';
import type { PartProcess } from './part.js';

/** A server that runs beside this process, and ends with it. */
export interface BackgroundProcess extends PartProcess {
  /** Rejects with the end of its log when it ends before it is stopped; never resolves. */
  readonly failed: Promise<never>;
}

/**
 * Starts a server in a process group of its own, so that a Ctrl-C in the terminal leaves the order of stopping to us.
 *
 * @param log path of the file that gets all that it writes
 */
export async function startBackground(
  name: string,
  command: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd: string; log: string },
): Promise<BackgroundProcess> {
  const log = await openServerLog(options.log);
  const child = spawn(command, args, {
    env: options.env,
    cwd: options.cwd,
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
  });
  log.close();
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  let stopping = false;
  const failed = new Promise<never>((_resolve, reject) => {
    const fail = (how: string) => {
      process.removeListener('exit', killNow);
      if (!stopping)
        void log.tail().then((tail) => reject(new Error(`${name} ${how}. The end of its log:\n${tail}`)));
    };
    child.once('error', ({ message }) => fail(`could not be started: ${message}`));
    child.once('exit', (code, signal) => fail(`ended by itself (${signal ?? `exit code ${code ?? '?'}`})`));
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  // Whoever does not wait for it is told at the next wait.
  failed.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    failed,
    ended,
    async kill() {
      stopping = true;
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      stopping = true;
      if (hasEnded(child)) return;
      await stopProcess(child.pid ?? 0);
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
