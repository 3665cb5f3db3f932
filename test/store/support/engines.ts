import { sql } from 'drizzle-orm';
import { afterAll, inject } from 'vitest';
import {
  type Database,
  openEmbeddedPostgres,
  openPostgres,
  type Queries,
} from '../../../src/store/database.js';
import { createDatabase } from '../../support/databases.js';

/**
 * Both engines of the one dialect. A test file has one database of each, which is slow to make; each call empties it,
 * for one test.
 */
export const engines: { engine: string; open: () => Promise<Database> }[] = [
  { engine: 'embedded PostgreSQL', open: emptied(() => openEmbeddedPostgres(undefined)) },
  { engine: 'a PostgreSQL server', open: emptied(openOnServer) },
];

function emptied(make: () => Promise<Database>): () => Promise<Database> {
  let made: Promise<Database> | undefined;
  afterAll(async () => (await made)?.close());
  return async () => {
    made ??= make();
    const database = await made;
    await empty(database.queries);
    return database;
  };
}

async function openOnServer(): Promise<Database> {
  const server = await createDatabase(inject('postgresUrl'));
  const database = await openPostgres(server.url, () => undefined);
  return {
    ...database,
    close: async () => {
      await database.close();
      await server.drop();
    },
  };
}

/** Every table, so that one that comes later is not forgotten. */
async function empty(queries: Queries): Promise<void> {
  await queries.execute(sql`do $$ begin
    execute (
      select 'truncate ' || string_agg(format('%I.%I', schemaname, tablename), ', ')
        from pg_tables where schemaname = 'public'
    );
  end $$`);
}
