import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What `temporal.json` says of the last server of a data folder, so that a later process can take it over. */
export interface ServerState {
  readonly pid: number;
  /** The process that stops the server when it ends. */
  readonly ownerPid: number;
  readonly address: string;
  readonly uiUrl?: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** The state of the last server of this folder; undefined when there was none, or the file is damaged. */
export async function readServerState(dataDir: string): Promise<ServerState | undefined> {
  try {
    const state = JSON.parse(await readFile(stateFile(dataDir), 'utf8')) as ServerState;
    return Number.isInteger(state.pid) && typeof state.address === 'string' ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the state in one step, so that a crash leaves the old or the new one. */
export async function writeServerState(dataDir: string, state: ServerState): Promise<void> {
  const temporary = `${stateFile(dataDir)}.${randomUUID()}`;
  await writeFile(temporary, `${JSON.stringify(state, null, 2)}\n`);
  await rename(temporary, stateFile(dataDir));
}

function stateFile(dataDir: string): string {
  return join(dataDir, 'temporal.json');
}
