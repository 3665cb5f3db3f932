import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { createConnectionStore } from '../../src/store/connections.js';
import { openEmbeddedPostgres, openPostgres } from '../../src/store/database.js';
import { createDatabase } from '../support/databases.js';
import { newConnection } from './support/new-connection.js';
import journal from '../../src/store/migrations/meta/_journal.json' with { type: 'json' };

const ignoreErrors = () => undefined;

describe('embedded PostgreSQL in a folder', () => {
  test('has its data again after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pglite-test-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const before = await openEmbeddedPostgres(folder);
    const saved = await createConnectionStore(before.queries).save(newConnection());
    await before.close();
    const after = await openEmbeddedPostgres(folder);
    onTestFinished(() => after.close());
    expect(await createConnectionStore(after.queries).find('tenant-1')).toEqual(saved);
  });

  test('in memory, two know nothing of one another', async () => {
    const [one, another] = [await openEmbeddedPostgres(undefined), await openEmbeddedPostgres(undefined)];
    onTestFinished(async () => {
      await one.close();
      await another.close();
    });
    await createConnectionStore(one.queries).save(newConnection());
    expect(await createConnectionStore(another.queries).find('tenant-1')).toBeUndefined();
  });
});

describe('a PostgreSQL server', () => {
  test('has its data again when it is opened again', async () => {
    const url = await emptyDatabase();
    const before = await openPostgres(url, ignoreErrors);
    const saved = await createConnectionStore(before.queries).save(newConnection());
    await before.close();
    const after = await openPostgres(url, ignoreErrors);
    onTestFinished(() => after.close());
    expect(await createConnectionStore(after.queries).find('tenant-1')).toEqual(saved);
  });

  test('is brought up to date once by several that open it at once', async () => {
    const url = await emptyDatabase();
    const databases = await Promise.all(Array.from({ length: 5 }, () => openPostgres(url, ignoreErrors)));
    onTestFinished(async () => {
      await Promise.all(databases.map((database) => database.close()));
    });
    expect(await migrationsIn(url)).toBe(journal.entries.length);
  });

  test('is brought up to date once by two processes at once', async () => {
    const url = await emptyDatabase();
    const script = fileURLToPath(new URL('./support/migrate.ts', import.meta.url));
    const run = () => promisify(execFile)(process.execPath, ['--import', 'tsx', script, url]);
    await Promise.all([run(), run()]);
    expect(await migrationsIn(url)).toBe(journal.entries.length);
  });

  test('leaves no lock behind', async () => {
    const url = await emptyDatabase();
    const database = await openPostgres(url, ignoreErrors);
    onTestFinished(() => database.close());
    expect(await query(url, 'select pg_try_advisory_lock(7267366) as free')).toEqual([{ free: true }]);
  });

  test('tells of a connection that is cut off, and goes on', async () => {
    const url = await emptyDatabase();
    const errors: Error[] = [];
    let heard: () => void;
    const isHeard = new Promise<void>((resolve) => (heard = resolve));
    const database = await openPostgres(url, (error) => {
      errors.push(error);
      heard();
    });
    onTestFinished(() => database.close());
    await database.ping();
    await query(
      url,
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await isHeard;
    expect(errors).toHaveLength(1);
    await expect(database.ping()).resolves.toBeUndefined();
  });

  test('that vanishes without a word is away after a while, and there again as soon as it is', async () => {
    const url = new URL(await emptyDatabase());
    const path = await cuttablePath({ host: url.hostname, port: Number(url.port) });
    url.host = `127.0.0.1:${path.port}`;
    const database = await openPostgres(url.href, ignoreErrors, { queryTimeoutMs: 300 });
    onTestFinished(() => database.close());
    await database.ping();
    path.cut();
    // More of them than the pool has connections.
    const pings = await Promise.allSettled(Array.from({ length: 12 }, () => database.ping()));
    expect(new Set(pings.map(({ status }) => status))).toEqual(new Set(['rejected']));
    path.mend();
    await database.ping();
  });

  test('that is not there is an error, at once', async () => {
    const url = new URL(inject('postgresUrl'));
    url.pathname = '/there_is_no_such_database';
    await expect(openPostgres(url.href, ignoreErrors)).rejects.toThrow(/does not exist/);
  });
});

/** A way to a server on which nothing arrives any more once it is cut, and nobody hears of it. */
async function cuttablePath(to: { host: string; port: number }) {
  let isCut = false;
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(to);
    sockets.push(near, far);
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => undefined);
      from.on('data', (chunk) => {
        if (!isCut) into.write(chunk);
      });
      from.on('close', () => {
        if (!isCut) into.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
    },
  };
}

async function emptyDatabase(): Promise<string> {
  const database = await createDatabase(inject('postgresUrl'));
  onTestFinished(() => database.drop());
  return database.url;
}

async function migrationsIn(url: string): Promise<unknown> {
  const [row] = await query(url, 'select count(*)::int as count from drizzle.__drizzle_migrations');
  return row?.count;
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows;
  } finally {
    await client.end();
  }
}
