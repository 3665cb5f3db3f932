import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../../scripts/lib/project.mjs';
import { makeEnvFile } from '../../stack/env-file.js';
import { programCacheFolder } from '../../src/temporal/dev-server/cache-folder.js';
import { refuses, run } from './run.js';

/** docker-compose.yml, as the loader of "docker compose" reads it; and that it starts nothing without secrets. */
export async function checkCompose(): Promise<void> {
  const source = inProject('deploy', 'check', 'compose-config');
  const program = join(programCacheFolder(process.env, 'compose-config'), 'compose-config');
  await run('go', ['build', '-o', program, '.'], { cwd: source, env: { ...process.env, CGO_ENABLED: '0' } });
  const folder = await mkdtemp(join(tmpdir(), 'check-compose-'));
  try {
    const file = inProject('docker-compose.yml');
    const env = join(folder, 'made.env');
    makeEnvFile(env);
    await run(program, [env, file]);
    const empty = join(folder, 'empty.env');
    await writeFile(empty, '');
    await refuses(/PAYLOAD_KEYS is missing a value: run npm run new-env/, () => run(program, [empty, file]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
