import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { createDatabase } from '../support/databases.js';
import type { PostgresSource } from '../../stack/postgres/binaries.js';
import type { PartProcess } from '../../stack/part.js';
import { type PostgresServer, startPostgresServer } from '../../stack/postgres/server.js';

describe('startPostgresServer', () => {
  const sources: { source: PostgresSource; present: boolean }[] = [
    { source: 'debian', present: existsSync('/usr/lib/postgresql') },
    { source: 'package', present: true },
  ];
  for (const { source, present } of sources) {
    test.runIf(present)(`gives a server of the source "${source}", and stops it`, async () => {
      const server = await startPostgresServer({ sources: [source] });
      try {
        const database = await createDatabase(server.url);
        expect(await settingsOf(database.url)).toEqual({ encoding: 'UTF8', user: 'postgres', sum: 2 });
        await database.drop();
        await expect(settingsOf(database.url)).rejects.toThrow(/does not exist/);
      } finally {
        await server.stop();
      }
      await expect(connects(server.url)).resolves.toBe(false);
    });
  }

  test('that is killed starts again where it was, with its data', async () => {
    const server = await startPostgresServer();
    try {
      const database = await createDatabase(server.url);
      await server.process.kill();
      await expect(connects(server.url)).resolves.toBe(false);
      const again = await startedAgain(server);
      expect(again.pid).not.toBe(server.process.pid);
      expect(await settingsOf(database.url)).toMatchObject({ sum: 2 });
    } finally {
      await server.stop();
    }
    await expect(connects(server.url)).resolves.toBe(false);
  });

  test('says why no source worked', async () => {
    await expect(startPostgresServer({ sources: [] })).rejects.toThrow(
      /none could be started[^]*DATABASE_URL/,
    );
  });
});

/** Children of the process that was killed may hold its memory for a moment. */
async function startedAgain(server: PostgresServer): Promise<PartProcess> {
  let process: PartProcess | undefined;
  await expect
    .poll(async () => (process = await server.startAgain().catch(() => undefined)), { timeout: 20_000 })
    .toBeDefined();
  return process as unknown as PartProcess;
}

async function settingsOf(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query(
      "SELECT current_setting('server_encoding') AS encoding, current_user AS user, 1 + 1 AS sum",
    );
    return result.rows[0] as unknown;
  } finally {
    await client.end();
  }
}

function connects(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
}
