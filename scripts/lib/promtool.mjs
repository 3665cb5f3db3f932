import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The path of `promtool`, Prometheus' own checker of rules: the one on the PATH, else the one out of Debian's package,
 * which is unpacked into the user's cache and not installed.
 * @returns {string}
 * @throws Error that says how to get it where neither is to be had
 */
export function ensurePromtool() {
  if (runs('promtool')) return 'promtool';
  const folder = join(
    process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
    'dci-superoffice',
    'prometheus',
  );
  const cached = join(folder, 'usr', 'bin', 'promtool');
  if (existsSync(cached)) return cached;
  try {
    unpackDebianPackage(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(
      `There is no promtool here, and Debian's package "prometheus" could not be unpacked (${reason}). ` +
        'Install Prometheus (https://prometheus.io/download), so that promtool is on the PATH.',
    );
  }
  return cached;
}

/** @param {string} folder where it is to be */
function unpackDebianPackage(folder) {
  mkdirSync(join(folder, '..'), { recursive: true });
  const temporary = mkdtempSync(`${folder}-`);
  try {
    // Without the lists, which a new machine lacks, there is nothing to download.
    if (process.getuid?.() === 0) run('apt-get', ['update', '-qq'], temporary);
    run('apt-get', ['download', '-qq', 'prometheus'], temporary);
    const [archive = ''] = readdirSync(temporary).filter((name) => name.endsWith('.deb'));
    run('dpkg-deb', ['--extract', archive, 'unpacked'], temporary);
    // Whoever was faster has put the same there.
    if (!existsSync(folder)) renameSync(join(temporary, 'unpacked'), folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {string} command */
function runs(command) {
  try {
    run(command, ['--version'], process.cwd());
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
function run(command, args, cwd) {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 });
}
