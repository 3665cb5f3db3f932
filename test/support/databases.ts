import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of one test. */
export interface TestDatabase {
  readonly url: string;
  /** Removes it, cutting off whoever is connected. */
  drop(): Promise<void>;
}

/** Makes an empty database with a name of its own on the server that `serverUrl` leads to. */
export async function createDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await run(serverUrl, `CREATE DATABASE ${name}`);
  return { url: url.href, drop: () => run(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function run(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
