import { join } from 'node:path';
import type { Logger } from 'pino';
import { type Database, openEmbeddedPostgres, openPostgres } from '../store/database.js';

/** The database that configuration names, or one inside this process, in the data folder. */
export async function openDatabase(
  { databaseUrl, dataDir }: { databaseUrl: string | undefined; dataDir: string },
  logger: Logger,
): Promise<Database> {
  if (databaseUrl === undefined) return openEmbeddedPostgres(join(dataDir, 'postgres'));
  return openPostgres(databaseUrl, (error) =>
    logger.warn({ errorName: error.name }, 'database connection lost'),
  );
}
