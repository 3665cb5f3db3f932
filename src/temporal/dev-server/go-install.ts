import { findOnPath } from './find-executable.js';
import { runCommand } from './run-command.js';

const REPORT_MS = 8_000;

/** What `go install` is to build, in words for people and for Go. */
export interface GoInstall {
  /** As in `Building ‹title› with "go install"`. */
  readonly title: string;
  /** How long it takes on two cores, as in `about 5 minutes`. */
  readonly duration: string;
  /** Commands of one module, each with its version: `example.org/module/cmd/name@v1.2.3`. */
  readonly packages: readonly string[];
}

/**
 * Builds commands into `folder` with the Go toolchain on the PATH.
 * @throws Error when there is no Go, or with the last lines of the build when it fails
 */
export async function goInstall(
  { title, duration, packages }: GoInstall,
  folder: string,
  env: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<void> {
  const go = await findOnPath(process.platform === 'win32' ? 'go.exe' : 'go', env);
  if (go === undefined) throw new Error('there is no "go" on the PATH');
  report(`Building ${title} with "go install" (once; ${duration}, less when Go has it cached)…`);
  const start = Date.now();
  let modules = 0;
  let compiled = 0;
  let lastLine = 'starting';
  const seconds = () => Math.round((Date.now() - start) / 1_000);
  const timer = setInterval(
    () =>
      report(`  ${seconds()} s: ${modules} modules downloaded, ${compiled} packages compiled; ${lastLine}`),
    REPORT_MS,
  );
  try {
    await runCommand(go, ['install', '-v', ...packages], {
      cwd: folder,
      env: { ...env, CGO_ENABLED: '0', GOBIN: folder },
      onLine: (line) => {
        lastLine = line;
        if (line.startsWith('go: downloading ')) modules += 1;
        else if (!line.startsWith('go: ')) compiled += 1;
      },
    });
  } finally {
    clearInterval(timer);
  }
  report(`Built ${title} in ${seconds()} s.`);
}
