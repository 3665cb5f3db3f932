import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './answers.js';
import type { DevServer } from './dev-server.js';
import { commandLineOf, isAlive } from './processes.js';
import { readServerState, writeServerState } from './server-state.js';
import { stopProcess, untilGone } from './stop-process.js';

const ANSWER_WITHIN_MS = 15_000;
const POLL_MS = 200;

/**
 * The server that an earlier process left running on `databaseFile`, or that another one runs at this
 * moment; undefined when there is none. One that runs but does not answer within 15 s is ended, since it
 * holds the database.
 */
export async function adoptServer(
  dataDir: string,
  databaseFile: string,
  namespace: string,
  report: (line: string) => void,
): Promise<DevServer | undefined> {
  const state = await readServerState(dataDir);
  if (state === undefined || !isServerOf(databaseFile, state.pid)) return undefined;
  if (!(await answersSoon(state.pid, state.address, namespace))) {
    // Where command lines cannot be read, the id may be that of a stranger by now.
    if (commandLineOf(state.pid) === undefined) return undefined;
    report(`The Temporal server left running (process ${state.pid}) does not answer; ending it.`);
    await stopProcess(state.pid);
    return undefined;
  }
  const borrowed = state.ownerPid !== process.pid && isAlive(state.ownerPid);
  if (!borrowed) await writeServerState(dataDir, { ...state, ownerPid: process.pid });
  report(`Using the Temporal server that runs already (process ${state.pid}) at ${state.address}.`);
  return {
    address: state.address,
    ...(state.uiUrl === undefined ? {} : { uiUrl: state.uiUrl }),
    pid: state.pid,
    exited: untilGone(state.pid).then(() => ({ code: null, signal: null })),
    stop: () => (borrowed ? Promise.resolve() : stopProcess(state.pid)),
  };
}

function isServerOf(databaseFile: string, pid: number): boolean {
  return isAlive(pid) && (commandLineOf(pid)?.includes(databaseFile) ?? true);
}

async function answersSoon(pid: number, address: string, namespace: string): Promise<boolean> {
  const deadline = Date.now() + ANSWER_WITHIN_MS;
  while (isAlive(pid) && Date.now() < deadline) {
    if (await answers(address, namespace)) return true;
    await sleep(POLL_MS);
  }
  return false;
}
