import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './project.mjs';

/**
 * Runs a command in the project's root with this terminal, and returns its exit code (128 + n when a signal
 * ended it). SIGTERM and SIGINT reach the child exactly once: in a terminal Ctrl-C goes to the child by
 * itself; elsewhere the child gets a process group of its own, so that only what is passed on here arrives.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ shell?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function runChild(command, args, options = {}) {
  const inTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: options.shell ?? false,
    detached: !inTerminal && process.platform !== 'win32',
  });
  let passedOn = false;
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    if (passedOn || (inTerminal && signal === 'SIGINT')) return;
    passedOn = true;
    child.kill(signal);
  };
  process.on('SIGINT', passOn);
  process.on('SIGTERM', passOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.removeListener('SIGINT', passOn);
      process.removeListener('SIGTERM', passOn);
      resolve(code ?? 128 + (signal === null ? 1 : constants.signals[signal]));
    });
  });
}
