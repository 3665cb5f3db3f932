import { inProject } from './project.mjs';
import { runChild } from './run-child.mjs';
import { staleReason } from './staleness.mjs';

/**
 * Builds `dist/` when it has to be, and says so.
 * @returns {Promise<number>} the build's exit code; 0 when there was nothing to do
 */
export async function buildIfStale() {
  const reason = staleReason();
  if (reason === undefined) return 0;
  console.log(`Building: ${reason}…`);
  return runChild(process.execPath, [inProject('scripts', 'build.mjs')]);
}
