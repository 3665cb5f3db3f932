import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cachedExecutable } from '../../../src/temporal/dev-server/cache-folder.js';
import { findExecutable } from '../../../src/temporal/dev-server/find-executable.js';
import { fakeExecutable, temporaryFolder } from './fakes.js';

/** An environment in which nothing is there, whatever this machine has. */
function emptyEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: join(folder, 'path'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    LOCALAPPDATA: join(folder, 'cache'),
  };
}

const hasOwnCache = process.platform !== 'darwin';

test.runIf(hasOwnCache)('TEMPORAL_CLI comes first, then the PATH, then the cache', async () => {
  const folder = temporaryFolder();
  const env = emptyEnvironment(folder);
  expect(await findExecutable(env)).toBeUndefined();

  const cached = await fakeExecutable(dirname(cachedExecutable(env)), 'temporal', '');
  expect(await findExecutable(env)).toBe(cached);

  const onPath = await fakeExecutable(join(folder, 'path'), 'temporal', '');
  expect(await findExecutable(env)).toBe(onPath);

  const chosen = await fakeExecutable(folder, 'my-temporal', '');
  expect(await findExecutable({ ...env, TEMPORAL_CLI: chosen })).toBe(chosen);
});

test('a TEMPORAL_CLI that cannot be executed is an error, not a reason to look elsewhere', async () => {
  const folder = temporaryFolder();
  const env = emptyEnvironment(folder);
  await fakeExecutable(join(folder, 'path'), 'temporal', '');
  const plainFile = join(folder, 'plain');
  await writeFile(plainFile, '');
  for (const wrong of [plainFile, folder, join(folder, 'missing')]) {
    await expect(findExecutable({ ...env, TEMPORAL_CLI: wrong })).rejects.toThrow(
      `TEMPORAL_CLI is set to "${wrong}", which is not an executable file.`,
    );
  }
});

test.runIf(hasOwnCache)('what is on the PATH but cannot be executed does not count', async () => {
  const folder = temporaryFolder();
  const env = emptyEnvironment(folder);
  await fakeExecutable(join(folder, 'path', 'temporal'), 'inner', '');
  expect(await findExecutable(env)).toBeUndefined();
});
