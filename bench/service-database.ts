import pg from 'pg';
import type { Place } from './place.js';

/** An empty database for one subject: its URL. */
export async function createServiceDatabase({ databases }: Place, name: string): Promise<string> {
  const database = name.replaceAll('-', '_');
  const client = new pg.Client({ connectionString: databases.url });
  await client.connect();
  try {
    await client.query(`create database ${pg.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
  const url = new URL(databases.url);
  url.pathname = `/${database}`;
  return url.href;
}

/** Transactions of a database so far: each statement of the service is one. */
export async function transactionsOf({ databases }: Place, database: string): Promise<number> {
  const client = new pg.Client({ connectionString: databases.url });
  await client.connect();
  try {
    await client.query('select pg_stat_clear_snapshot()');
    const { rows } = await client.query<{ count: string }>(
      'select xact_commit + xact_rollback as count from pg_stat_database where datname = $1',
      [database],
    );
    return Number(rows[0]?.count ?? 0);
  } finally {
    await client.end();
  }
}
