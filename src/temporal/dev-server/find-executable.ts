import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { cachedExecutable, EXECUTABLE_NAME } from './cache-folder.js';

/**
 * The Temporal CLI that is already on this machine: `TEMPORAL_CLI`, else `temporal` on the PATH, else the
 * project's cache; undefined when there is none.
 * @throws Error when `TEMPORAL_CLI` is set to something that cannot be executed: a wrong setting is never
 * silently passed over.
 */
export async function findExecutable(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const chosen = env.TEMPORAL_CLI;
  if (chosen !== undefined && chosen !== '') {
    if (await isExecutable(chosen)) return resolve(chosen);
    throw new Error(
      `TEMPORAL_CLI is set to "${chosen}", which is not an executable file. ` +
        'Correct it, or unset it to have the Temporal CLI found or installed.',
    );
  }
  const cached = cachedExecutable(env);
  return (await findOnPath(EXECUTABLE_NAME, env)) ?? ((await isExecutable(cached)) ? cached : undefined);
}

/** The first executable file of this name in the folders of the PATH. */
export async function findOnPath(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const candidate = resolve(join(folder, name));
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
