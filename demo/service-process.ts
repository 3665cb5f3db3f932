import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Sandbox } from '../sandbox/start.js';
import type { Secrets } from '../src/service/development-secrets.js';

/** What a process of the service runs: all of it, the API or a worker. */
export type EntryPoint = 'main' | 'server' | 'worker';

/** A service that does not say that it is ready within this time has failed, in milliseconds. */
const READY_TIMEOUT_MS = 120_000;

/** What the service needs to know to reach the sandbox, and nothing else, in place of SuperOffice. */
export function sandboxEnvironment(
  { domain, dci }: Pick<Sandbox, 'domain' | 'dci'>,
  caFile: string,
): NodeJS.ProcessEnv {
  return {
    SUPEROFFICE_DOMAIN: domain,
    SUPEROFFICE_CA_FILE: caFile,
    SUPEROFFICE_PRIVATE_NETWORKS: '127.0.0.0/8',
    DCI_API_URL: dci.url,
  };
}

/** The one API token among secrets that were generated. */
export function apiTokenOf({ API_TOKENS }: Pick<Secrets, 'API_TOKENS'>): string {
  return API_TOKENS.slice(API_TOKENS.indexOf(':') + 1);
}

/** The service, or a part of it, in a process of its own. */
export interface ServiceProcess {
  pid: number;
  /** Of its API; empty where it has none. */
  url: string;
  /** Absent where the Temporal server is somebody else's. */
  temporalUi?: string;
  /** Resolves once it has ended, however that came about. */
  readonly ended: Promise<unknown>;
  /** Asks it to stop, and waits until it has: its exit code. */
  stop(): Promise<number | null>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
}

/**
 * Starts the built service and waits until it is ready.
 *
 * @param env added to this process's environment
 * @param logFile gets everything that the service writes
 */
export async function startService(
  env: NodeJS.ProcessEnv,
  logFile: string,
  entryPoint: EntryPoint = 'main',
): Promise<ServiceProcess> {
  const log = createWriteStream(logFile, { flags: 'a' });
  const script = fileURLToPath(new URL(`../dist/${entryPoint}.js`, import.meta.url));
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal is for whoever started the service, who then stops it in order.
    detached: true,
  });
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  const exited = once(child, 'exit').finally(() => process.removeListener('exit', killNow));
  child.stderr.pipe(log, { end: false });
  child.stdout.pipe(log, { end: false });
  const ready = await readyLine(child, logFile);
  return {
    pid: child.pid ?? 0,
    url: ready.url ?? '',
    ...(ready.temporalUi !== undefined && { temporalUi: ready.temporalUi }),
    ended: exited,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

interface ReadyLine {
  msg: string;
  url?: string;
  temporalUi?: string;
}

function readyLine(
  child: ChildProcessByStdio<null, Readable, Readable>,
  logFile: string,
): Promise<ReadyLine> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('did not become ready'), READY_TIMEOUT_MS);
    const fail = (what: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`The service ${what}; its log is ${logFile}`));
    };
    const onExit = (code: number | null) => fail(`ended with code ${String(code)}`);
    child.once('exit', onExit);
    child.once('error', () => fail('could not be started'));
    let begun = '';
    const onOutput = (chunk: Buffer) => {
      const lines = `${begun}${chunk.toString()}`.split('\n');
      begun = lines.pop() ?? '';
      const ready = lines.map(entryOf).find((entry) => entry?.msg === 'ready');
      if (ready === undefined) return;
      clearTimeout(timer);
      child.off('exit', onExit);
      // Whoever started the service may have more to do than to read what it writes for as long as it runs.
      child.stdout.off('data', onOutput);
      resolve(ready);
    };
    child.stdout.on('data', onOutput);
  });
}

function entryOf(line: string): ReadyLine | undefined {
  return line.startsWith('{') ? (JSON.parse(line) as ReadyLine) : undefined;
}
