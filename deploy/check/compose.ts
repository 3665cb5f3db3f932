import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
    await checkOverride(join(folder, 'override.yml'), (override) => run(program, [env, file, override]));
    const empty = join(folder, 'empty.env');
    await writeFile(empty, '');
    await refuses(/PAYLOAD_KEYS is missing a value: run npm run new-env/, () => run(program, [empty, file]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The file of docs/deploy.md that brings a certificate into the containers. */
async function checkOverride(path: string, load: (override: string) => Promise<string>): Promise<void> {
  const page = await readFile(inProject('docs', 'deploy.md'), 'utf8');
  const [, override = ''] = /```yaml\n(services:\n[^`]*)```/.exec(page) ?? [];
  await writeFile(path, override);
  const [, variable = ''] = /^SUPEROFFICE_CA_FILE=(.+)$/m.exec(page) ?? [];
  const mounts = (await load(path)).split(`target: ${variable}\n`).length - 1;
  if (mounts !== 2) throw new Error(`API and worker need ${variable}, and ${mounts} of them have it.`);
}
