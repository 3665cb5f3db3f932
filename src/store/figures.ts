import { count, sql } from 'drizzle-orm';
import type { Queries } from './database.js';
import { connections, turns } from './schema.js';
import { orUnavailable } from './unavailable.js';

/** How connections and lines stand, of all tenants together. */
export interface StoreFigures {
  connections: { connected: number; paused: number; 'attention-needed': number };
  /** Connections that need attention, by the code of their trouble; paused ones among them. */
  attention: { code: string; count: number }[];
  line: {
    /** Deliveries that wait for their turn. */
    waiting: number;
    /** Turns that are held: calls under way. */
    calling: number;
    /** How far ahead the last place of the longest line is, in seconds. */
    longestWaitSeconds: number;
  };
}

/** Counts them. Throws `UnavailableError` as stores do. */
export async function readFigures(queries: Queries): Promise<StoreFigures> {
  const isHealthy = sql`${connections.attentionCode} is null`;
  return orUnavailable(async () => {
    const [states] = await queries
      .select({
        connected: number(sql`count(*) filter (where ${connections.enabled} and ${isHealthy})`),
        paused: number(sql`count(*) filter (where not ${connections.enabled})`),
        attention: number(sql`count(*) filter (where ${connections.enabled} and not (${isHealthy}))`),
      })
      .from(connections);
    const attention = await queries
      .select({ code: connections.attentionCode, count: count() })
      .from(connections)
      .where(sql`not (${isHealthy})`)
      .groupBy(connections.attentionCode);
    // A place whose time has long passed belongs to a delivery that never came back.
    const isWaiting = sql`${turns.leaseUntil} is null and ${turns.dueAt} > now() - interval '1 minute'`;
    const [line] = await queries
      .select({
        waiting: number(sql`count(*) filter (where ${isWaiting})`),
        calling: number(sql`count(*) filter (where ${turns.leaseUntil} > now())`),
        longestWaitSeconds: number(
          sql`coalesce(extract(epoch from max(${turns.dueAt}) filter (where ${isWaiting}) - now()), 0)`,
        ),
      })
      .from(turns);
    return {
      connections: {
        connected: states?.connected ?? 0,
        paused: states?.paused ?? 0,
        'attention-needed': states?.attention ?? 0,
      },
      attention: attention.map(({ code, count: connectionCount }) => ({
        code: code ?? '',
        count: connectionCount,
      })),
      line: {
        waiting: line?.waiting ?? 0,
        calling: line?.calling ?? 0,
        longestWaitSeconds: Math.max(line?.longestWaitSeconds ?? 0, 0),
      },
    };
  });
}

function number(expression: ReturnType<typeof sql>) {
  return sql`${expression}`.mapWith(Number);
}
