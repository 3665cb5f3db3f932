import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { generateKey, parseKeyRing } from '../../src/domain/key-ring.js';
import { generateSecrets } from '../../src/service/development-secrets.js';
import { createConnectionStore } from '../../src/store/connections.js';
import { openPostgres } from '../../src/store/database.js';
import { freePort } from '../../src/temporal/dev-server/free-port.js';
import { createSealing } from '../../src/store/sealing.js';
import { newConnection } from '../store/support/new-connection.js';
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
  args: string[] = [],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [dist(file), ...args], { env: { ...bare, ...env }, cwd: folder });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

describe('a process whose configuration is wrong', () => {
  test.each(['server.js', 'worker.js', 'rotate-keys.js'])(
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

  /** Starts a process whose Temporal server is not there. */
  async function startWithoutTemporal(file: string, secrets: Record<string, string>) {
    const env = {
      ...bare,
      ...secrets,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: `127.0.0.1:${await freePort('127.0.0.1')}`,
      PORT: String(await freePort('127.0.0.1')),
    };
    const child = spawn(process.execPath, [dist(file)], { env, cwd: folder, stdio: 'ignore' });
    const closed = once(child, 'close') as Promise<[number | null]>;
    onTestFinished(() => void child.kill('SIGKILL'));
    const get = (path: string) => fetch(`http://127.0.0.1:${env.PORT}${path}`).catch(() => undefined);
    return { child, closed, get };
  }

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
      onTestFinished(() => void child.kill('SIGKILL'));
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      const closed = once(child, 'close') as Promise<[number | null]>;
      while (!output.includes('"msg":"ready"') && child.exitCode === null) await sleep(50);
      const url = /"url":"([^"]+)"/.exec(output)?.[1];
      expect((await fetch(`${url ?? ''}/healthz`)).status).toBe(200);
      const ready = await fetch(`${url ?? ''}/readyz`);
      expect(ready.status).toBe(200);
      expect(await ready.json()).toEqual({
        temporal: 'up',
        database: 'up',
        ...(file === 'worker.js' && { worker: 'up' }),
      });
      expect((await fetch(`${url ?? ''}/metrics`)).status).toBe(401);
      const token = env.API_TOKENS.split(':')[1] ?? '';
      const metrics = await fetch(`${url ?? ''}/metrics`, { headers: { authorization: `Bearer ${token}` } });
      expect(await metrics.text()).toContain('dci_superoffice_dependency_up{dependency="temporal"} 1\n');
      child.kill('SIGTERM');
      expect((await closed)[0]).toBe(0);
    }
  });

  test('a worker process says what it waits for, and shows its metrics to all where it knows no tokens', async () => {
    const { API_TOKENS: _, ...secrets } = generateSecrets();
    const { child, closed, get } = await startWithoutTemporal('worker.js', secrets);
    await expect.poll(async () => (await get('/healthz'))?.status, { timeout: 20_000 }).toBe(200);
    const ready = await get('/readyz');
    expect(ready?.status).toBe(503);
    expect(await ready?.json()).toEqual({ temporal: 'away', database: 'up', worker: 'away' });
    const metrics = (await (await get('/metrics'))?.text()) ?? '';
    expect(metrics).toContain('dci_superoffice_dependency_up{dependency="temporal"} 0\n');
    expect(metrics).toContain('dci_superoffice_dependency_up{dependency="database"} 1\n');
    expect((await get('/v1/tenants/acme/deliveries'))?.status).toBe(404);
    child.kill('SIGTERM');
    expect((await closed)[0], 'told to stop while it waits').toBe(0);
  });

  test('a process that is both answers that it lives while Temporal is away', async () => {
    const { child, closed, get } = await startWithoutTemporal('main.js', { ...generateSecrets() });
    await expect.poll(async () => (await get('/healthz'))?.status, { timeout: 20_000 }).toBe(200);
    expect((await get('/readyz'))?.status).toBe(503);
    child.kill('SIGTERM');
    expect((await closed)[0]).toBe(0);
  });

  test.each(['server.js', 'worker.js'])(
    '%s waits for a database that is away, says why, and ends in order when it is told to meanwhile',
    async (file) => {
      const port = await freePort('127.0.0.1');
      const env = {
        ...bare,
        ...generateSecrets(),
        DATABASE_URL: `postgres://somebody:secret-of-the-url@127.0.0.1:${port}/dci`,
        TEMPORAL_ADDRESS: inject('temporalAddress'),
        PORT: '0',
      };
      const child = spawn(process.execPath, [dist(file)], { env, cwd: folder });
      const closed = once(child, 'close') as Promise<[number | null]>;
      onTestFinished(() => void child.kill('SIGKILL'));
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      await expect.poll(() => output, { timeout: 20_000 }).toContain('the database is away; trying again');
      expect(output).toContain(`connect ECONNREFUSED 127.0.0.1:${port}`);
      expect(output).not.toContain('secret-of-the-url');
      child.kill('SIGTERM');
      expect((await closed)[0]).toBe(0);
    },
  );

  test('keys are rotated by a command: 0 when all is well, 1 when a value can not be opened', async () => {
    const [oldKey, newKey] = [generateKey('old'), generateKey('new')];
    const opened = await openPostgres(database.url, () => undefined);
    const sealedToken = await createSealing(parseKeyRing(oldKey)).seal('acme', 'a token key');
    await createConnectionStore(opened.queries).save(newConnection({ tenantId: 'acme', sealedToken }));
    await opened.close();
    const env = {
      ...generateSecrets(),
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
    };
    const rotate = (keys: string, ...args: string[]) =>
      run('rotate-keys.js', { ...env, SEALING_KEYS: keys }, args);

    const lost = await rotate(newKey);
    expect(lost).toMatchObject({ code: 1, stderr: '' });
    expect(lost.stdout).toContain('the token key of tenant "acme"');
    expect(await rotate(`${newKey},${oldKey}`)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('sealed anew with "new": 1 value\n') as string,
    });
    expect(await rotate(newKey, '--check')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"new" seals 1 value\n') as string,
    });
    expect(await rotate(newKey, '--chekc')).toMatchObject({ code: 1 });
  });
});
