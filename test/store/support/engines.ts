import { inject, onTestFinished } from 'vitest';
import { type Database, openEmbeddedPostgres, openPostgres } from '../../../src/store/database.js';
import { createDatabase } from '../../support/databases.js';

/** Both engines of the one dialect; each call gives an empty database, up to date, for one test. */
export const engines: { engine: string; open: () => Promise<Database> }[] = [
  {
    engine: 'embedded PostgreSQL',
    open: async () => {
      const database = await openEmbeddedPostgres(undefined);
      onTestFinished(() => database.close());
      return database;
    },
  },
  {
    engine: 'a PostgreSQL server',
    open: async () => {
      const server = await createDatabase(inject('postgresUrl'));
      const database = await openPostgres(server.url, () => undefined);
      onTestFinished(async () => {
        await database.close();
        await server.drop();
      });
      return database;
    },
  },
];
