import { asc, isNotNull, sql } from 'drizzle-orm';
import type { Queries } from './database.js';
import { connections } from './schema.js';
import { orUnavailable } from './unavailable.js';

/** A connection whose deliveries wait for a person. */
export interface TroubledConnection {
  tenantId: string;
  /** What stops the tenant's deliveries: a code. */
  trouble: string;
  since: Date;
}

/** How the connections of all tenants are. */
export interface ConnectionHealth {
  total: number;
  paused: number;
  /** How many need attention. */
  troubled: number;
  /** Some of those, the longest troubled first. */
  longestTroubled: TroubledConnection[];
}

/**
 * Looks at the connections of all tenants.
 *
 * @param limit so many of those that need attention are listed
 * @throws UnavailableError while the database is away
 */
export async function connectionHealthOf(queries: Queries, limit: number): Promise<ConnectionHealth> {
  const { tenantId, enabled, attentionCode, attentionSince } = connections;
  return orUnavailable(async () => {
    const [counts] = await queries
      .select({
        total: sql`count(*)`.mapWith(Number),
        paused: sql`count(*) filter (where not ${enabled})`.mapWith(Number),
        troubled: sql`count(${attentionCode})`.mapWith(Number),
      })
      .from(connections);
    const rows = await queries
      .select({ tenantId, trouble: attentionCode, since: attentionSince })
      .from(connections)
      .where(isNotNull(attentionCode))
      .orderBy(asc(attentionSince), asc(tenantId))
      .limit(limit);
    return {
      total: counts?.total ?? 0,
      paused: counts?.paused ?? 0,
      troubled: counts?.troubled ?? 0,
      longestTroubled: rows.map(({ tenantId, trouble, since }) => ({
        tenantId,
        trouble: trouble ?? '',
        since: since ?? new Date(0),
      })),
    };
  });
}
