import { UnavailableError, ValueRefusedError } from '../domain/errors.js';

/** When to ask again after the database was away, in seconds. */
const RETRY_AFTER_SECONDS = 5;

/** Classes of SQLSTATE in which the server itself is the trouble: connection, resources, operator, system. */
const awayClasses: ReadonlySet<string> = new Set(['08', '53', '57', '58']);

/** Class of SQLSTATE in which a value is the trouble, and will be as long as it is the same. */
const VALUE_CLASS = '22';

/**
 * Runs a query; that the database is away becomes an `UnavailableError`, a value that it does not take a
 * `ValueRefusedError`. Neither those nor any other error carries the query's parameters on.
 */
export async function orUnavailable<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === undefined || isAway(state)) throw new UnavailableError('database', RETRY_AFTER_SECONDS);
    const message = `The database refused a query (SQLSTATE ${state}).`;
    throw state.startsWith(VALUE_CLASS) ? new ValueRefusedError(message) : new Error(message);
  }
}

/** What the operating system says of a server that can't be reached. */
const unreachableCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** The same in the driver's words, which have no code. */
const unreachableWords = /^(timeout expired|Connection terminated)/;

/**
 * Whether a failed attempt to connect may go well later: the server can't be reached, or serves nobody right now. Not so
 * a certificate that is not trusted, a server without TLS, a wrong password.
 */
export function passesByItself(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const state = sqlStateOf(error);
  if (state !== undefined) return isAway(state);
  // Of a name with several addresses, each of which failed.
  if (error instanceof AggregateError) return error.errors.every(passesByItself);
  return unreachableCodes.has((error as NodeJS.ErrnoException).code) || unreachableWords.test(error.message);
}

function isAway(state: string): boolean {
  return awayClasses.has(state.slice(0, 2));
}

/** The server's own code for an error, which has a digit, unlike `EPIPE`; undefined when no server answered. */
function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : sqlStateOf(error.cause);
}
