import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzleNodePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migrateNodePostgres } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';
import { passesByItself } from './unavailable.js';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Any number, the same in every process: only one of them migrates at a time. */
const MIGRATION_LOCK = 7_267_366;
/** How long to wait for a connection of the pool, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5_000;
/**
 * How long to wait for an answer, in milliseconds; far longer than any query of ours takes. A server that vanishes
 * without a word (a host that dies, a network that is cut) would keep its connections, and whoever waits on them, for ever.
 */
const QUERY_TIMEOUT_MS = 30_000;

/** Pause between attempts to reach a server, in milliseconds. */
const RECONNECT_MS = 1_000;

/** One dialect, PostgreSQL, whichever engine runs it. */
export type Queries = PgDatabase<PgQueryResultHKT>;

export interface Database {
  queries: Queries;
  /** @throws when the database does not answer */
  ping(): Promise<void>;
  /** How its connections stand; absent where it runs inside this process. */
  pool?: () => PoolFigures;
  close(): Promise<void>;
}

/** Connections to a server, and queries that wait for one. */
export interface PoolFigures {
  total: number;
  idle: number;
  waiting: number;
}

/** For who waits until a server can be reached. */
export interface Waiting {
  /** Hears of each attempt that failed in a way that passes by itself. */
  onAway: (error: unknown) => void;
  /** Ends the waiting. */
  signal: AbortSignal;
}

/** A PostgreSQL server, by its URL; brings the schema up to date first. Times in milliseconds. */
export async function openPostgres(
  url: string,
  onError: (error: Error) => void,
  {
    queryTimeoutMs = QUERY_TIMEOUT_MS,
    waiting,
  }: { queryTimeoutMs?: number; waiting?: Waiting | undefined } = {},
): Promise<Database> {
  await migratePostgres(url, waiting);
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
  });
  // A server that goes away ends idle connections; unheard, that error would end the process.
  pool.on('error', onError);
  const queries = drizzleNodePostgres(pool);
  return {
    queries,
    ping: () => ping(queries),
    pool: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

/** PostgreSQL inside this process, in a folder of its own (or in memory); brings the schema up to date first. */
export async function openEmbeddedPostgres(folder: string | undefined): Promise<Database> {
  const engine = await PGlite.create(folder ?? 'memory://');
  const queries = drizzlePglite(engine);
  await migratePglite(queries, { migrationsFolder });
  return { queries, ping: () => ping(queries), close: () => engine.close() };
}

/** On a connection of its own, which waits as long as it takes: for another process that migrates, or for large tables. */
async function migratePostgres(url: string, waiting: Waiting | undefined): Promise<void> {
  const client = await connect(url, waiting);
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrateNodePostgres(drizzleNodePostgres(client), { migrationsFolder });
  } finally {
    // The end of the session ends the lock.
    await client.end();
  }
}

/** @param waiting absent: the server must be there now */
async function connect(url: string, waiting: Waiting | undefined): Promise<pg.Client> {
  for (;;) {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (!waiting || !passesByItself(error)) throw error;
      waiting.onAway(error);
      await sleep(RECONNECT_MS, undefined, { signal: waiting.signal });
    }
  }
}

async function ping(queries: Queries): Promise<void> {
  await queries.execute(sql`select 1`);
}
