import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { mermaid } from './generated.js';

/** Nearly everything imports the domain, so arrows to it would hide the others. */
const leftOut = 'domain';

/** What the folders of `src/` import of each other, read from the files. */
export function importPicture(): string {
  const arrows = new Set<string>();
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => /\.(ts|tsx|js)$/.test(name)).map((name) => join('src', name))) {
    const from = folderOf(file);
    for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/ from '(\.[^']+)'/g)) {
      const to = folderOf(normalize(join(dirname(file), target)));
      if (from && to && from !== to && to !== leftOut) arrows.add(`  ${from} --> ${to}`);
    }
  }
  return mermaid(['flowchart TD', ...[...arrows].sort()]);
}

/** The folder of `src/` that a file is in; undefined for the files that start a process. */
function folderOf(file: string): string | undefined {
  const [, folder, name] = file.split(sep);
  return name === undefined ? undefined : folder;
}
