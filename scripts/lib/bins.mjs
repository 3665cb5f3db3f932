import { readFileSync } from 'node:fs';
import { inProject } from './project.mjs';

/**
 * The script behind a command of an installed package, to be run with Node.js itself.
 * @param {string} packageName
 * @param {string} [command] the package's name when not given
 */
export function binOf(packageName, command = packageName) {
  const folder = ['node_modules', ...packageName.split('/')];
  const { bin } = JSON.parse(readFileSync(inProject(...folder, 'package.json'), 'utf8'));
  const path = typeof bin === 'string' ? bin : bin?.[command];
  if (typeof path !== 'string') throw new Error(`The package ${packageName} has no command ${command}.`);
  return inProject(...folder, path);
}
