import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { root } from '../scripts/lib/project.mjs';

/** What is measured, and when. */
export function provenanceOf(): { date: string; commit?: string; temporalSdk: string } {
  const commit = commitOf(root);
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as {
    version: string;
  };
  return {
    date: new Date().toISOString(),
    ...(commit !== undefined && { commit }),
    temporalSdk: version,
  };
}

/** The short hash, with `-dirty` where files differ from it; undefined outside a repository. */
function commitOf(folder: string): string | undefined {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--exclude=*'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
