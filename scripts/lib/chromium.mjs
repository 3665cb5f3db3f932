import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runChild } from './run-child.mjs';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** What to do where there is no browser for the tests. */
export const CHROMIUM_MISSING =
  'The browser tests need Chromium or Chrome: install one (Debian: apt-get install chromium), or set CHROMIUM to its path.';

/**
 * The path of a Chromium or Chrome: what CHROMIUM names, else the first of the usual places.
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env['CHROMIUM'];
  if (named) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const paths = [
    ...commands.flatMap((command) => folders.map((folder) => join(folder, command))),
    ...macPaths,
  ];
  return paths.find(isExecutable);
}

/** Installs Debian's Chromium where there is none, and we may; elsewhere says what to do, and lets the tests tell. */
export async function ensureChromium() {
  if (findChromium() !== undefined) return;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log('Installing Chromium for the browser tests (first run: about a minute)…');
    await runChild('apt-get', ['update', '-qq']);
    await runChild('apt-get', [
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      'chromium',
      'fonts-liberation',
    ]);
  }
  if (findChromium() === undefined) console.error(CHROMIUM_MISSING);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
