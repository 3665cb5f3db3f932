import { join } from 'node:path';
import { CLI_VERSION, EXECUTABLE_NAME } from './cache-folder.js';
import { findOnPath } from './find-executable.js';
import { runCommand } from './run-command.js';

const REPORT_MS = 8_000;

/**
 * Builds the executable into `folder` with the Go toolchain on the PATH: about 5 minutes on two cores, less
 * than one when Go has its modules and objects cached.
 * @returns the executable's path
 * @throws Error when there is no Go, or with the last lines of the build when it fails
 */
export async function buildExecutable(
  folder: string,
  env: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<string> {
  const go = await findOnPath(process.platform === 'win32' ? 'go.exe' : 'go', env);
  if (go === undefined) throw new Error('there is no "go" on the PATH');
  report('Building the Temporal CLI with "go install" (once; about 5 minutes, less when Go has it cached)…');
  const start = Date.now();
  let modules = 0;
  let packages = 0;
  let lastLine = 'starting';
  const seconds = () => Math.round((Date.now() - start) / 1_000);
  const timer = setInterval(
    () =>
      report(`  ${seconds()} s: ${modules} modules downloaded, ${packages} packages compiled; ${lastLine}`),
    REPORT_MS,
  );
  try {
    await runCommand(go, ['install', '-v', `github.com/temporalio/cli/cmd/temporal@v${CLI_VERSION}`], {
      cwd: folder,
      env: { ...env, CGO_ENABLED: '0', GOBIN: folder },
      onLine: (line) => {
        lastLine = line;
        if (line.startsWith('go: downloading ')) modules += 1;
        else if (!line.startsWith('go: ')) packages += 1;
      },
    });
  } finally {
    clearInterval(timer);
  }
  report(`Built the Temporal CLI in ${seconds()} s.`);
  return join(folder, EXECUTABLE_NAME);
}
