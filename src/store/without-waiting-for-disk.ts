import { sql } from 'drizzle-orm';

/**
 * A condition that always holds, and lets the statement's commit not wait until it is on disk (`synchronous_commit`,
 * for this transaction alone). For what may be forgotten when the server's machine dies within the next half second:
 * whose turn it is, which summary of a meeting is the newest. Never for a connection, or a secret.
 */
export const withoutWaitingForDisk = sql<boolean>`(select set_config('synchronous_commit', 'off', true)) = 'off'`;
