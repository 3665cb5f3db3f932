import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { generateSecrets } from '../../src/service/development-secrets.js';
import { createDatabase, type TestDatabase } from '../support/databases.js';

const dist = (file: string) => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

/** What the process itself needs, and nothing of the configuration that the tests run in. */
const bare = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'processes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  file: string,
  env: Record<string, string>,
): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [dist(file)], { env: { ...bare, ...env }, cwd: folder });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

describe('a process whose configuration is wrong', () => {
  test.each(['server.js', 'worker.js'])(
    '%s alone names everything that it lacks, and exits with 1',
    async (file) => {
      const { code, stderr } = await run(file, {});
      expect(code).toBe(1);
      for (const name of ['DATABASE_URL', 'SEALING_KEYS', 'PAYLOAD_KEYS', 'TEMPORAL_ADDRESS']) {
        expect(stderr).toContain(`${name} is missing`);
      }
      expect(stderr).not.toMatch(/^\s+at /m);
    },
  );

  test('the whole service on a real database makes no keys of its own: it refuses to start', async () => {
    const { code, stderr } = await run('main.js', { DATABASE_URL: 'postgres://localhost/any' });
    expect(code).toBe(1);
    expect(stderr).toContain('SEALING_KEYS is missing');
    expect(stderr).toContain('PAYLOAD_KEYS is missing');
  });
});

describe('API and worker apart, over a real PostgreSQL', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(inject('postgresUrl'));
  });
  afterEach(() => database.drop());

  test('both start, are ready, and stop with 0', async () => {
    const env = {
      ...bare,
      ...generateSecrets(),
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TASK_QUEUE: 'processes-test',
      PORT: '0',
    };
    for (const file of ['server.js', 'worker.js']) {
      const child = spawn(process.execPath, [dist(file)], { env, cwd: folder });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      const closed = once(child, 'close') as Promise<[number | null]>;
      while (!output.includes('"msg":"ready"') && child.exitCode === null) await sleep(50);
      const url = /"url":"([^"]+)"/.exec(output)?.[1];
      if (file === 'server.js') expect((await fetch(`${url ?? ''}/readyz`)).status).toBe(200);
      else expect(url).toBeUndefined();
      child.kill('SIGTERM');
      expect((await closed)[0]).toBe(0);
    }
  });
});
