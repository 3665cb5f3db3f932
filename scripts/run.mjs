import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { binOf } from './lib/bins.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';
import { nodeVersionProblem } from './lib/node-version.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { installPackages } from './lib/npm-packages.mjs';
import { inProject } from './lib/project.mjs';
import { runChild } from './lib/run-child.mjs';

/**
 * What each command needs before it runs, and the script that it is.
 * @type {Record<string, { needsTemporal?: boolean, needsChromium?: boolean, script: (args: string[]) => string[] }>}
 */
const commands = {
  demo: { needsTemporal: true, script: () => fromSource('demo/main.ts') },
  test: { needsTemporal: true, needsChromium: true, script: () => [binOf('vitest'), 'run'] },
  stack: { needsTemporal: true, script: () => fromSource('stack/main.ts') },
  chaos: { needsTemporal: true, script: () => fromSource('chaos/main.ts') },
  bench: { needsTemporal: true, script: () => fromSource('bench/main.ts') },
  mutation: { script: () => ['scripts/mutation.mjs'] },
  sandbox: { script: () => fromSource('sandbox/main.ts') },
  start: {
    // The stand-in is no part of the service, which knows of no such option.
    script: (args) => (args.includes('--sandbox') ? fromSource('demo/playground.ts') : ['dist/main.js']),
  },
  api: { script: () => ['dist/server.js'] },
  worker: { script: () => ['dist/worker.js'] },
  'rotate-keys': { script: () => ['dist/rotate-keys.js'] },
  'check:deploy': { script: () => [binOf('tsx'), 'deploy/check/main.ts'] },
  check: { script: () => [] },
};

process.exitCode = await main(process.argv[2] ?? '', process.argv.slice(3));

/**
 * Prepares what the command needs and runs it.
 * @param {string} name
 * @param {string[]} args passed on to it
 * @returns {Promise<number>} the exit code
 */
async function main(name, args) {
  const problem = nodeVersionProblem(process.versions.node);
  if (problem !== undefined) return refuse(problem);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    return refuse(`Usage: node scripts/run.mjs <${Object.keys(commands).join('|')}> [arguments]`);
  }
  // A production image has its packages and dist/, and neither sources nor development packages.
  if (existsSync(inProject('src'))) {
    const code = (await installPackages()) || (await buildIfStale());
    if (code !== 0) return code;
  }
  if (command.needsTemporal && !process.env['TEMPORAL_ADDRESS'] && !(await ensureTemporal())) return 1;
  if (command.needsChromium) await ensureChromium();
  if (name === 'check')
    return runChild('npm', ['run', 'check:all', ...args], { shell: process.platform === 'win32' });
  return runChild(process.execPath, [...command.script(args), ...args]);
}

/**
 * A script of TypeScript, to be run with Node.js; the packages of this repository are read from their sources as well.
 * @param {string} script
 */
function fromSource(script) {
  return [binOf('tsx'), '--conditions=source', script];
}

/** Finds or installs the Temporal CLI, which the command would do too, but without a word. */
async function ensureTemporal() {
  const module = pathToFileURL(inProject('dist', 'temporal', 'dev-server', 'install-executable.js')).href;
  try {
    const { ensureExecutable } = await import(module);
    await ensureExecutable({ report: console.log });
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

/** @param {string} message */
function refuse(message) {
  console.error(message);
  return 1;
}
