import { and, eq, lt, sql } from 'drizzle-orm';
import type { SealedConnection } from '../domain/connection.js';
import { meetingKeyOf } from '../domain/delivery-id.js';
import type { Queries } from './database.js';
import { connections, revisions } from './schema.js';
import { orUnavailable } from './unavailable.js';
import { withoutWaitingForDisk } from './without-waiting-for-disk.js';

/** One summary of a meeting. */
export interface SummaryRevision {
  tenantId: string;
  meetingId: string;
  deliveryId: string;
  /** When it was written, or handed in; ISO 8601, to the millisecond. */
  writtenAt: string;
}

/** What came of entering a summary, and where it goes. */
export interface Entry {
  /** Its tenant's, as it was then. */
  connection: SealedConnection;
  /** Absent when a newer summary of the meeting is known. */
  entered?: EnteredRevision;
}

/** A summary among those of its meeting. */
export interface EnteredRevision {
  /** Counts them, from 1. */
  revision: number;
  /** The delivery of the one that was the newest before it. */
  supersedes?: string;
}

/** Which summary of each meeting is the newest. Lost, it costs a late revision its right of way, and no summary. */
export interface Revisions {
  /**
   * Enters a summary: with the same number, however often, until a newer one is known. Undefined, and nothing is
   * entered, while its tenant is not connected. The connection comes along, as both are needed before each first attempt:
   * one round trip.
   */
  enter(revision: SummaryRevision): Promise<Entry | undefined>;
  isNewest(revision: Omit<SummaryRevision, 'writtenAt'>): Promise<boolean>;
}

/** Longer than any delivery lives, and than DCI writes a summary anew. */
const KEPT_FOR = sql`interval '2 years'`;
/** In so many of the entries a tenant's old rows are cleared away. */
const CLEARING_SHARE = 0.01;

/** The revisions in PostgreSQL. Every method throws `UnavailableError` while the database is away. */
export function createRevisions(queries: Queries, random: () => number = Math.random): Revisions {
  /** Each meeting has its row: without this, the table would grow for as long as the service lives. */
  async function clearOld(tenantId: string): Promise<void> {
    await orUnavailable(async () =>
      queries
        .delete(revisions)
        .where(and(eq(revisions.tenantId, tenantId), lt(revisions.updatedAt, sql`now() - ${KEPT_FOR}`))),
    );
  }

  const param = sql.placeholder;
  const entered = queries
    .$with('entered', {
      revision: sql<number | null>`revision`.as('revision'),
      before: sql<string | null>`before`.as('before'),
    })
    .as(
      sql`
        insert into revisions as known (tenant_id, meeting_key, delivery_id, revision, written_at)
        select tenant_id, ${param('meetingKey')}, ${param('deliveryId')}, 1, to_timestamp(${param('writtenAtSeconds')}::double precision)
        from connections where tenant_id = ${param('tenantId')} and ${withoutWaitingForDisk}
        on conflict (tenant_id, meeting_key) do update set
          delivery_id = excluded.delivery_id,
          written_at = excluded.written_at,
          revision = known.revision + case when known.delivery_id = excluded.delivery_id then 0 else 1 end,
          previous_delivery_id = case when known.delivery_id = excluded.delivery_id
            then known.previous_delivery_id else known.delivery_id end,
          updated_at = now()
        where known.written_at <= excluded.written_at or known.delivery_id = excluded.delivery_id
        returning revision, previous_delivery_id as before`,
    );
  const enter = queries
    .with(entered)
    .select({ connection: connections, revision: entered.revision, before: entered.before })
    .from(connections)
    .leftJoin(entered, sql`true`)
    .where(eq(connections.tenantId, param('tenantId')))
    .prepare('enter_summary');

  return {
    async enter({ tenantId, meetingId, deliveryId, writtenAt }) {
      const values = {
        tenantId,
        meetingKey: meetingKeyOf(meetingId),
        deliveryId,
        // Not as text: PostgreSQL knows fewer years and offsets than ISO 8601 allows.
        writtenAtSeconds: Date.parse(writtenAt) / 1_000,
      };
      const [row] = await orUnavailable(() => enter.execute(values));
      if (random() < CLEARING_SHARE) await clearOld(tenantId);
      if (!row) return undefined;
      const { connection, revision, before } = row;
      if (revision === null) return { connection };
      return { connection, entered: { revision, ...(before !== null && { supersedes: before }) } };
    },

    async isNewest({ tenantId, meetingId, deliveryId }) {
      const [newest] = await orUnavailable(async () =>
        queries
          .select({ deliveryId: revisions.deliveryId })
          .from(revisions)
          .where(and(eq(revisions.tenantId, tenantId), eq(revisions.meetingKey, meetingKeyOf(meetingId)))),
      );
      return newest === undefined || newest.deliveryId === deliveryId;
    },
  };
}
