import { rmSync } from 'node:fs';
import { binOf } from './bins.mjs';
import { inProject } from './project.mjs';
import { runChild } from './run-child.mjs';

/** What is published beside the service, in the order in which one needs the other. */
export const packages = ['client', 'cli'];

/**
 * Compiles the packages, each into a `dist/` of its own.
 * @returns {Promise<number>} the compiler's exit code
 */
export async function buildPackages() {
  for (const name of packages) {
    rmSync(inProject('packages', name, 'dist'), { recursive: true, force: true });
    const project = inProject('packages', name, 'tsconfig.build.json');
    const code = await runChild(process.execPath, [binOf('typescript', 'tsc'), '-p', project]);
    if (code !== 0) return code;
  }
  return 0;
}
