import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages } from './build-packages.mjs';
import { inProject, root } from './project.mjs';

const stampFile = inProject('dist', '.built');

/**
 * Why `dist/` has to be built again; undefined when it is up to date, or when there is no source to build
 * from, as in a production image.
 * @returns {string | undefined}
 */
export function staleReason() {
  if (!existsSync(inProject('src'))) return undefined;
  if (!existsSync(stampFile)) return 'dist/ is missing';
  const builtAt = statSync(stampFile).mtimeMs;
  const configs = readdirSync(root).filter(
    (name) => name === 'package-lock.json' || /^tsconfig.*\.json$/.test(name),
  );
  const inputs = [
    ...configs.map((name) => inProject(name)),
    ...withFolders(inProject('src')),
    ...packages.flatMap((name) => withFolders(inProject('packages', name, 'src'))),
  ];
  return inputs.some((path) => statSync(path).mtimeMs > builtAt)
    ? 'the source is newer than dist/'
    : undefined;
}

/**
 * Marks `dist/` as built from what the source was at `startedAt`: an edit during the build counts as newer.
 * @param {Date} startedAt
 */
export function markBuilt(startedAt) {
  writeFileSync(stampFile, '');
  utimesSync(stampFile, startedAt, startedAt);
}

/**
 * A folder and everything in it. A folder's own time tells of files that are gone.
 * @param {string} folder
 * @returns {string[]}
 */
function withFolders(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return [
    folder,
    ...entries.flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? withFolders(path) : [path];
    }),
  ];
}
