import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { SealedConnection } from '../domain/connection.js';
import type { Queries } from './database.js';
import { connections } from './schema.js';
import { orUnavailable } from './unavailable.js';

/** What is stored of a connection; the store keeps times, epoch and health itself. */
export type NewConnection = Omit<
  SealedConnection,
  'createdAt' | 'updatedAt' | 'epoch' | 'attentionCode' | 'attentionSince'
>;

/** The connections of all tenants. Every method throws `UnavailableError` while the database is away. */
export interface ConnectionStore {
  find(tenantId: string): Promise<SealedConnection | undefined>;
  /**
   * Stores a connection in place of the tenant's earlier one, if there is one: in one step, never half. It begins
   * healthy, in a new epoch.
   */
  save(connection: NewConnection): Promise<SealedConnection>;
  /** Pauses or resumes; undefined when the tenant has no connection. A resume begins a new epoch. */
  setEnabled(tenantId: string, enabled: boolean): Promise<SealedConnection | undefined>;
  /** Erases the connection and its token; whether there was one. */
  remove(tenantId: string): Promise<boolean>;
  /** Keeps where SuperOffice says that the customer lives, unless the connection has begun a new epoch since. */
  rememberEndpoint(tenantId: string, epoch: number, endpoint: string): Promise<void>;
  /**
   * Notes a trouble that stops every delivery of the tenant, unless one is noted already or the connection has
   * begun a new epoch since the trouble was met; whether it was noted by this call.
   */
  raiseAttention(tenantId: string, epoch: number, code: string): Promise<boolean>;
  /**
   * Notes that the trouble is over, and begins a new epoch; whether there was one.
   *
   * @param epoch in which that was found out: the trouble of a later one stays; absent: whatever trouble there is
   */
  clearAttention(tenantId: string, epoch?: number): Promise<boolean>;
}

const healthy = { attentionCode: null, attentionSince: null };
const nowMs = sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`;
const nextEpoch = sql`greatest(${connections.epoch} + 1, ${nowMs})`;

/** The connections in PostgreSQL. */
export function createConnectionStore(queries: Queries): ConnectionStore {
  // Asked by every acceptance and every `pushSummary`: building and parsing it each time takes longer than answering it.
  const findOne = queries
    .select()
    .from(connections)
    .where(eq(connections.tenantId, sql.placeholder('tenantId')))
    .prepare('find_connection');

  async function update(
    tenantId: string,
    set: PgUpdateSetSource<typeof connections>,
    condition?: SQL,
  ): Promise<SealedConnection | undefined> {
    const [row] = await orUnavailable(async () =>
      queries
        .update(connections)
        .set(set)
        .where(and(eq(connections.tenantId, tenantId), condition))
        .returning(),
    );
    return row;
  }

  return {
    async find(tenantId) {
      const [row] = await orUnavailable(() => findOne.execute({ tenantId }));
      return row;
    },

    async save(connection) {
      const { tenantId: _, ...values } = connection;
      const [row] = await orUnavailable(async () =>
        queries
          .insert(connections)
          .values({ ...connection, epoch: nowMs })
          .onConflictDoUpdate({
            target: connections.tenantId,
            set: { ...values, ...healthy, epoch: nextEpoch, updatedAt: sql`now()` },
          })
          .returning(),
      );
      if (!row) throw new Error('The database returned no row for an insert.');
      return row;
    },

    setEnabled: (tenantId, enabled) =>
      update(tenantId, { enabled, updatedAt: sql`now()`, ...(enabled && { epoch: nextEpoch }) }),

    async remove(tenantId) {
      const removed = await orUnavailable(async () =>
        queries
          .delete(connections)
          .where(eq(connections.tenantId, tenantId))
          .returning({ tenantId: connections.tenantId }),
      );
      return removed.length > 0;
    },

    async rememberEndpoint(tenantId, epoch, endpoint) {
      await update(tenantId, { endpoint }, eq(connections.epoch, epoch));
    },

    async raiseAttention(tenantId, epoch, code) {
      const raised = await update(
        tenantId,
        { attentionCode: code, attentionSince: sql`now()` },
        and(isNull(connections.attentionCode), eq(connections.epoch, epoch)),
      );
      return raised !== undefined;
    },

    async clearAttention(tenantId, epoch) {
      const cleared = await update(
        tenantId,
        { ...healthy, epoch: nextEpoch },
        and(
          isNotNull(connections.attentionCode),
          epoch === undefined ? undefined : eq(connections.epoch, epoch),
        ),
      );
      return cleared !== undefined;
    },
  };
}
