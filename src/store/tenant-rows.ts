import { eq } from 'drizzle-orm';
import type { Queries } from './database.js';
import { connections, dciHooks, pacing, revisions, turns } from './schema.js';
import { orUnavailable } from './unavailable.js';

/** Every table with rows of a tenant; secrets first. */
const tables = [connections, dciHooks, revisions, turns, pacing] as const;

/** All that the database holds of a tenant. */
export interface TenantRows {
  /** Erases it: how many rows there were. Throws `UnavailableError` while the database is away. */
  erase(tenantId: string): Promise<number>;
}

/** The rows of tenants in PostgreSQL. */
export function createTenantRows(queries: Queries): TenantRows {
  return {
    async erase(tenantId) {
      let erased = 0;
      for (const table of tables) {
        const rows = await orUnavailable(async () =>
          queries.delete(table).where(eq(table.tenantId, tenantId)).returning({ tenantId: table.tenantId }),
        );
        erased += rows.length;
      }
      return erased;
    },
  };
}
