import { basename } from 'node:path';
import type { DevServerOptions } from './dev-server.js';
import { runCommand } from './run-command.js';

const HELP_TIMEOUT_MS = 60_000;

/** Pairing by key among tenants, one round trip less an activity, and no call to Temporal's update service. */
const DYNAMIC_CONFIG = [
  'matching.enableFairness=true',
  'system.enableActivityEagerExecution=true',
  'frontend.enableServerVersionCheck=false',
];

/** Where a server listens and keeps its data. `uiPort` undefined: no UI; `databaseFile` undefined: in memory. */
export interface ServerPlace {
  readonly ip: string;
  readonly port: number;
  readonly uiPort: number | undefined;
  readonly databaseFile: string | undefined;
}

/** The command line of `temporal server start-dev`, without the executable. */
export async function serverArguments(
  executable: string,
  place: ServerPlace,
  options: DevServerOptions,
): Promise<string[]> {
  const args = ['server', 'start-dev', '--color', 'never', '--ip', place.ip, '--port', String(place.port)];
  args.push('--namespace', options.namespace ?? 'default');
  if (place.uiPort === undefined) args.push('--headless');
  else args.push('--ui-port', String(place.uiPort), ...(await quietUi(executable)));
  if (place.databaseFile !== undefined) {
    // With a write-ahead log NORMAL survives a crash of the process, at twice the throughput of FULL.
    args.push('--db-filename', place.databaseFile);
    args.push('--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL');
  }
  for (const value of DYNAMIC_CONFIG) args.push('--dynamic-config-value', value);
  for (const [name, type] of Object.entries(options.searchAttributes ?? {})) {
    args.push('--search-attribute', `${name}=${type}`);
  }
  return [...args, ...(options.extraArgs ?? [])];
}

/** Newer versions of the UI fetch news; older ones neither do so nor know the flag. */
async function quietUi(executable: string): Promise<string[]> {
  const flag = '--ui-disable-news-fetch';
  const lines: string[] = [];
  try {
    await runCommand(executable, ['server', 'start-dev', '--help'], {
      timeoutMs: HELP_TIMEOUT_MS,
      onLine: (line) => lines.push(line),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `"${basename(executable)} server start-dev --help" failed: is it the Temporal CLI? ${reason}`,
      { cause: error },
    );
  }
  return lines.some((line) => line.includes(flag)) ? [flag] : [];
}
