import { eq, sql } from 'drizzle-orm';
import type { SealedConnection } from '../domain/connection.js';
import type { Queries } from './database.js';
import { connections } from './schema.js';
import { orUnavailable } from './unavailable.js';

/** What is stored of a connection; the store keeps the times itself. */
export type NewConnection = Omit<SealedConnection, 'createdAt' | 'updatedAt'>;

/** The connections of all tenants. Every method throws `UnavailableError` while the database is away. */
export interface ConnectionStore {
  find(tenantId: string): Promise<SealedConnection | undefined>;
  /** Stores a connection in place of the tenant's earlier one, if there is one: in one step, never half. */
  save(connection: NewConnection): Promise<SealedConnection>;
}

/** The connections in PostgreSQL. */
export function createConnectionStore(queries: Queries): ConnectionStore {
  return {
    async find(tenantId) {
      const [row] = await orUnavailable(async () =>
        queries.select().from(connections).where(eq(connections.tenantId, tenantId)),
      );
      return row;
    },

    async save(connection) {
      const { tenantId: _, ...values } = connection;
      const [row] = await orUnavailable(async () =>
        queries
          .insert(connections)
          .values(connection)
          .onConflictDoUpdate({ target: connections.tenantId, set: { ...values, updatedAt: sql`now()` } })
          .returning(),
      );
      if (!row) throw new Error('The database returned no row for an insert.');
      return row;
    },
  };
}
