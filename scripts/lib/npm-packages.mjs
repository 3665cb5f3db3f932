import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { inProject } from './project.mjs';
import { runChild } from './run-child.mjs';

const stampFile = inProject('node_modules', '.dci-superoffice-installed');
/** Native packages differ by platform and by the major version of Node.js. */
const platform = `${process.platform}-${process.arch} node-${process.versions.node.split('.')[0] ?? ''}`;
const hiddenLockfile = inProject('node_modules', '.package-lock.json');

/**
 * Installs the npm packages when they are missing or not those of package-lock.json.
 * @returns {Promise<number>} npm's exit code; 0 when there was nothing to do
 */
export async function installPackages() {
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
  const wanted = `${lockfileHash()} ${platform}\n`;
  if (stamp === wanted) return 0;
  const samePlatform = stamp === undefined || stamp.endsWith(` ${platform}\n`);
  if (samePlatform && installedByHand()) {
    writeFileSync(stampFile, wanted);
    return 0;
  }
  console.log('Installing npm packages (first run: about a minute)…');
  const start = Date.now();
  const code = await runNpm(['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error']);
  if (code === 0) {
    writeFileSync(stampFile, wanted);
    console.log(`Installed npm packages in ${((Date.now() - start) / 1_000).toFixed(0)} s.`);
  } else {
    console.error(
      'npm could not install the packages: see its message above. Is the npm registry reachable?',
    );
  }
  return code;
}

function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(inProject('package-lock.json')))
    .digest('hex');
}

/** Whether somebody ran npm already: each package that is not optional is there in the locked version. */
function installedByHand() {
  if (!existsSync(hiddenLockfile)) return false;
  const installed = packagesOf(hiddenLockfile);
  return Object.entries(packagesOf(inProject('package-lock.json'))).every(
    ([path, { version, optional }]) =>
      path === '' || optional === true || installed[path]?.version === version,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean } | undefined> & Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** @param {string[]} args */
function runNpm(args) {
  // Under `npm run` this is the very npm that the user called.
  const npm = process.env['npm_execpath'];
  if (npm !== undefined && basename(npm).startsWith('npm-cli')) {
    return runChild(process.execPath, [npm, ...args]);
  }
  return runChild('npm', args, { shell: process.platform === 'win32' });
}
