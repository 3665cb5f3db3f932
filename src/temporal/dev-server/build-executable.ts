import { join } from 'node:path';
import { CLI_VERSION, EXECUTABLE_NAME } from './cache-folder.js';
import { goInstall } from './go-install.js';

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
  const build = {
    title: 'the Temporal CLI',
    duration: 'about 5 minutes',
    packages: [`github.com/temporalio/cli/cmd/temporal@v${CLI_VERSION}`],
  };
  await goInstall(build, folder, env, report);
  return join(folder, EXECUTABLE_NAME);
}
