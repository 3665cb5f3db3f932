import { UnavailableError } from '../domain/errors.js';

/** When to ask again after the database was away, in seconds. */
const RETRY_AFTER_SECONDS = 5;

/** Classes of SQLSTATE in which the server itself is the trouble: connection, resources, operator, system. */
const awayClasses: ReadonlySet<string> = new Set(['08', '53', '57', '58']);

/**
 * Runs a query; that the database is away becomes an `UnavailableError`. Neither that nor any other error carries
 * the query's parameters on.
 */
export async function orUnavailable<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === undefined || awayClasses.has(state.slice(0, 2))) {
      throw new UnavailableError('database', RETRY_AFTER_SECONDS);
    }
    throw new Error(`The database refused a query (SQLSTATE ${state}).`);
  }
}

/** The server's own code for an error, which has a digit, unlike `EPIPE`; undefined when no server answered. */
function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : sqlStateOf(error.cause);
}
