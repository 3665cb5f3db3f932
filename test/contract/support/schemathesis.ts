import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programCacheFolder } from '../../../src/temporal/dev-server/cache-folder.js';
import { withFileLock } from '../../../src/temporal/dev-server/file-lock.js';
import { runCommand } from '../../../src/temporal/dev-server/run-command.js';

const requirements = fileURLToPath(new URL('../requirements.txt', import.meta.url));

const INSTALL_TIMEOUT_MS = 5 * 60_000;

/**
 * Schemathesis' command: in a virtual environment in the project's cache folder, installed once.
 *
 * @throws Error that says what is missing when Python or PyPI is not there
 */
export async function ensureSchemathesis(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const version = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const folder = programCacheFolder(env, `schemathesis-${version}`);
  const command = join(folder, 'bin', 'st');
  const stamp = join(folder, '.installed');
  if (existsSync(stamp)) return command;
  return withFileLock(
    `${folder}.lock`,
    () => undefined,
    async () => {
      if (existsSync(stamp)) return command;
      // An installation that was cut off: environments can't be moved, so this one begins in its place.
      await rm(folder, { recursive: true, force: true });
      await install(folder);
      await writeFile(stamp, '');
      return command;
    },
  );
}

async function install(folder: string): Promise<void> {
  process.stderr.write('Installing Schemathesis for the contract test (once)…\n');
  const options = { timeoutMs: INSTALL_TIMEOUT_MS };
  await runCommand('python3', ['-m', 'venv', folder], options).catch((error: unknown) => {
    throw new Error(
      'The contract test needs Python 3.10 or newer with its module venv ' +
        '(Debian: apt-get install python3 python3-venv).',
      { cause: error },
    );
  });
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--requirement',
    requirements,
  ];
  await runCommand(join(folder, 'bin', 'python'), pip, options);
}
