import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './answers.js';
import type { DevServer, DevServerExit, DevServerOptions } from './dev-server.js';
import { serverArguments } from './server-arguments.js';
import type { ServerPlace } from './server-arguments.js';
import { openServerLog } from './server-log.js';
import { writeServerState } from './server-state.js';
import { stopProcess } from './stop-process.js';

const READY_WITHIN_MS = 60_000;
const POLL_MS = 100;
const REPORT_MS = 5_000;

/** Another process took a port between the look for a free one and its use: worth another try. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

/**
 * Starts one server process at this place and waits until it answers.
 * @throws PortTakenError, or Error with the end of the log
 */
export async function launchServer(
  executable: string,
  dataDir: string,
  place: ServerPlace,
  options: DevServerOptions,
): Promise<DevServer> {
  const args = await serverArguments(executable, place, options);
  const address = `${host(place.ip)}:${place.port}`;
  const uiUrl = place.uiPort === undefined ? {} : { uiUrl: `http://${host(place.ip)}:${place.uiPort}` };
  const log = await openServerLog(join(dataDir, 'temporal.log'));
  // In a group of its own, a Ctrl-C in the terminal does not end the server before the worker has drained.
  const child = spawn(executable, args, {
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
  });
  log.close();
  const exited = exitOf(child);
  if (child.pid === undefined)
    throw new Error(`The Temporal CLI cannot be run: ${(await exited).reason ?? ''}`);
  const { pid } = child;
  const startedAt = new Date().toISOString();
  // Before it is ready: should this process be killed now, the next one must know of it.
  if (place.databaseFile !== undefined) {
    await writeServerState(dataDir, { pid, ownerPid: process.pid, address, ...uiUrl, startedAt });
  }
  const failure = await waitUntilReady(child, address, options);
  if (failure !== undefined) {
    await stopProcess(pid);
    const tail = await log.tail();
    const message = `The Temporal server ${failure}. The end of its log:\n${tail}`;
    throw /address already in use|can't set [\w ]*port/i.test(tail)
      ? new PortTakenError(message)
      : new Error(message);
  }
  child.unref();
  return { address, ...uiUrl, pid, exited, stop: () => stop(child, pid) };
}

/** What went wrong, or undefined when the server answers. */
async function waitUntilReady(
  child: ChildProcess,
  address: string,
  { namespace = 'default', report }: DevServerOptions,
): Promise<string | undefined> {
  const start = Date.now();
  let nextReport = start + REPORT_MS;
  while (Date.now() - start < READY_WITHIN_MS) {
    const ready = await answers(address, namespace);
    // What answers may be another server, which took the port from this one.
    if (child.exitCode !== null || child.signalCode !== null) {
      return `ended at its start (${child.signalCode ?? `exit code ${child.exitCode ?? '?'}`})`;
    }
    if (ready) return undefined;
    if (Date.now() >= nextReport) {
      nextReport = Date.now() + REPORT_MS;
      report?.(`Waiting for the Temporal server (${Math.round((Date.now() - start) / 1_000)} s)…`);
    }
    await sleep(POLL_MS);
  }
  return `did not answer within ${READY_WITHIN_MS / 1_000} s`;
}

function exitOf(child: ChildProcess): Promise<DevServerExit & { reason?: string }> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ code: null, signal: null, reason: error.message }));
  });
}

async function stop(child: ChildProcess, pid: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await stopProcess(pid);
}

function host(ip: string): string {
  return ip.includes(':') ? `[${ip}]` : ip;
}
