import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programCacheFolder } from '../src/temporal/dev-server/cache-folder.js';
import { withFileLock } from '../src/temporal/dev-server/file-lock.js';
import { goInstall } from '../src/temporal/dev-server/go-install.js';

/** A program of a Go module, with all that its image has beside it. */
export interface GoProgram {
  /** Of its folder in the cache. */
  readonly name: string;
  readonly title: string;
  /** Of the build on two cores, for people. */
  readonly duration: string;
  readonly module: string;
  readonly version: string;
  /** Paths of its commands in the module, and the names under which its image has them. */
  readonly commands: Readonly<Record<string, string>>;
  /** Further files or folders of the module that it needs. */
  readonly files?: readonly string[];
}

/**
 * The folder of a program in the user's cache, beside the Temporal CLI; builds it first if it is not there. Of several
 * processes one builds, and the others wait.
 *
 * @throws Error when there is no Go, or with the last lines of the build when it fails
 */
export async function ensureGoProgram(
  program: GoProgram,
  report: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const folder = programCacheFolder(env, `${program.name}-${program.version}`);
  const complete = join(folder, 'complete');
  return withFileLock(
    `${folder}.lock`,
    (pid, seconds) => report(`Process ${pid} is building ${program.title}; waiting for it (${seconds} s)…`),
    async () => {
      if (!(await exists(complete))) await build(program, folder, complete, env, report);
      return complete;
    },
  );
}

async function build(
  { title, duration, module, version, commands, files = [] }: GoProgram,
  folder: string,
  complete: string,
  env: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<void> {
  // What a build that was killed left behind goes first.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(folder, 'build-'));
  const packages = Object.keys(commands).map((path) => `${module}/${path}@v${version}`);
  await goInstall({ title, duration, packages }, temporary, env, report);
  for (const [path, name] of Object.entries(commands)) {
    await rename(join(temporary, path.split('/').at(-1) ?? ''), join(temporary, name));
  }
  const source = files.length > 0 ? await moduleFolder(`${module}@v${version}`, temporary, env) : '';
  for (const file of files) await cp(join(source, file), join(temporary, file), { recursive: true });
  await rename(temporary, complete);
}

/** Where Go keeps the source of a module that it has downloaded. */
async function moduleFolder(module: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)('go', ['mod', 'download', '-json', module], { cwd, env });
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}

async function exists(folder: string): Promise<boolean> {
  return readdir(folder).then(
    () => true,
    () => false,
  );
}
