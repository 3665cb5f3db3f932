import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildExecutable } from './build-executable.js';
import { cachedExecutable, cacheFolder, CLI_VERSION } from './cache-folder.js';
import { downloadExecutable, officialDownloadUrl } from './download-executable.js';
import { withFileLock } from './file-lock.js';
import { findExecutable } from './find-executable.js';
import { runCommand } from './run-command.js';

const TEMPORARY_PREFIX = 'install-';
const LEFT_BEHIND_MS = 3_600_000;
const VERSION_TIMEOUT_MS = 60_000;

/** What finding and installing the Temporal CLI takes. */
export interface ExecutableOptions {
  /** Gets one line at a time on what happens; a long step says something at least every 10 s. */
  readonly report: (line: string) => void;
  readonly env?: NodeJS.ProcessEnv;
  /** The archive to download instead of the official one. */
  readonly downloadUrl?: string;
}

/**
 * The path of a Temporal CLI that runs: the one on this machine (see `findExecutable`), else one that is
 * installed into the project's cache now, by download or with Go.
 * @throws Error that names each way tried, why it failed, and what to do
 */
export async function ensureExecutable(options: ExecutableOptions): Promise<string> {
  const env = options.env ?? process.env;
  const found = await findExecutable(env);
  if (found !== undefined) return found;
  return withFileLock(
    join(cacheFolder(env), 'install.lock'),
    (pid, seconds) =>
      options.report(`Process ${pid} is installing the Temporal CLI; waiting for it (${seconds} s)…`),
    async () => (await findExecutable(env)) ?? install(env, options),
  );
}

async function install(env: NodeJS.ProcessEnv, { report, downloadUrl }: ExecutableOptions): Promise<string> {
  const folder = cacheFolder(env);
  const target = cachedExecutable(env);
  await mkdir(folder, { recursive: true });
  await removeLeftBehind(folder);
  const failures: string[] = [];
  const ways = [
    {
      name: 'download',
      run: (temporary: string) => {
        const url = downloadUrl ?? officialDownloadUrl();
        report(`Downloading the Temporal CLI ${CLI_VERSION} from ${new URL(url).host} (once)…`);
        return downloadExecutable(url, temporary, report);
      },
    },
    { name: 'go install', run: (temporary: string) => buildExecutable(temporary, env, report) },
  ];
  for (const way of ways) {
    const temporary = await mkdtemp(join(folder, TEMPORARY_PREFIX));
    try {
      const executable = await way.run(temporary);
      await runCommand(executable, ['--version'], { timeoutMs: VERSION_TIMEOUT_MS });
      await rename(executable, target);
      report('The Temporal CLI is installed in the cache of this user.');
      return target;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failures.push(`${way.name}: ${reason}`);
      report(`That did not work (${way.name}): ${reason}`);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  throw new Error(notInstalled(failures));
}

function notInstalled(failures: readonly string[]): string {
  return [
    'There is no Temporal CLI here, and it could not be installed. Tried:',
    '  - TEMPORAL_CLI: not set',
    '  - PATH: no "temporal" on it',
    '  - cache: nothing installed yet',
    ...failures.map((failure) => `  - ${failure}`),
    'What to do, one of: install the Temporal CLI (https://docs.temporal.io/cli) so that it is on the PATH; ' +
      'set TEMPORAL_CLI to its path; install Go 1.25 or newer and run this again; ' +
      'or set TEMPORAL_ADDRESS to a Temporal server that runs already.',
  ].join('\n');
}

/** An installation that was killed leaves its temporary folder. */
async function removeLeftBehind(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!name.startsWith(TEMPORARY_PREFIX) || path.endsWith('.lock')) continue;
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (age > LEFT_BEHIND_MS) await rm(path, { recursive: true, force: true });
  }
}
