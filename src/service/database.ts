import { join } from 'node:path';
import type { Logger } from 'pino';
import { type Database, openEmbeddedPostgres, openPostgres } from '../store/database.js';

/**
 * The database that configuration names, or one inside this process, in the data folder.
 *
 * @param stopping for a process that waits for a database that is away: ends the waiting
 */
export async function openDatabase(
  { databaseUrl, dataDir }: { databaseUrl: string | undefined; dataDir: string },
  logger: Logger,
  stopping?: AbortSignal,
): Promise<Database> {
  if (databaseUrl === undefined) return openEmbeddedPostgres(join(dataDir, 'postgres'));
  const onError = (error: Error) => logger.warn({ errorName: error.name }, 'database connection lost');
  const onAway = (error: unknown) => {
    const { message, code } = error as NodeJS.ErrnoException;
    logger.warn({ reason: message || code }, 'the database is away; trying again');
  };
  return openPostgres(databaseUrl, onError, { waiting: stopping && { onAway, signal: stopping } });
}
