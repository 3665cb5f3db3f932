import pg from 'pg';
import type { Place } from './place.js';

/** An empty database for one subject: its URL. */
export async function createServiceDatabase({ databases: { url } }: Place, name: string): Promise<string> {
  const database = name.replaceAll('-', '_');
  await connected(url, (client) => client.query(`create database ${pg.escapeIdentifier(database)}`));
  return urlOf(url, database);
}

/** Transactions of a database so far: each statement of the service is one. */
export function transactionsOf({ databases: { url } }: Place, database: string): Promise<number> {
  return connected(url, async (client) => {
    await client.query('select pg_stat_clear_snapshot()');
    return countOf(
      client,
      'select xact_commit + xact_rollback as count from pg_stat_database where datname = $1',
      [database],
    );
  });
}

/** Deliveries that stand in the lines of their tenants. */
export function waitingInLine({ databases: { url } }: Place, database: string): Promise<number> {
  return connected(urlOf(url, database), (client) =>
    countOf(client, 'select count(*) as count from turns where lease_until is null'),
  );
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function connected<T>(connectionString: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function countOf(client: pg.Client, query: string, values: string[] = []): Promise<number> {
  const { rows } = await client.query<{ count: string }>(query, values);
  return Number(rows[0]?.count ?? 0);
}
