import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './project.mjs';

/**
 * Makes `dist/` fit for an incremental build: removes what was compiled from sources that are gone, and the
 * compiler's notes when an output is missing, which it would not write again otherwise.
 */
export function pruneOutputs() {
  if (existsSync(inProject('dist'))) removeOrphans('');
  if (sourcesIn('').some((source) => !existsSync(inProject('dist', source.replace(/\.tsx?$/, '.js'))))) {
    rmSync(inProject('dist', '.tsbuildinfo'), { force: true });
  }
}

/** @param {string} folder relative to `dist/` */
function removeOrphans(folder) {
  for (const entry of readdirSync(inProject('dist', folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (existsSync(inProject('src', path))) removeOrphans(path);
      else rmSync(inProject('dist', path), { recursive: true });
    } else if (folder !== '' || !/^workflow-bundle(-traced)?\.js$/.test(entry.name)) {
      const source = /^(.*)\.js(\.map)?$/.exec(path)?.[1];
      if (
        source !== undefined &&
        !['.ts', '.tsx', '.js'].some((end) => existsSync(inProject('src', source + end)))
      )
        rmSync(inProject('dist', path));
    }
  }
}

/**
 * @param {string} folder relative to `src/`
 * @returns {string[]}
 */
function sourcesIn(folder) {
  return readdirSync(inProject('src', folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    return /(?<!\.d)\.([jt]s|tsx)$/.test(path) ? [path] : [];
  });
}
