import { and, eq, sql } from 'drizzle-orm';
import type { Queries } from './database.js';
import { dciHooks } from './schema.js';
import { orUnavailable } from './unavailable.js';

/** What is needed to take a tenant's webhooks from DCI, all of it sealed. */
export interface DciHook {
  tenantId: string;
  /** Secrets that sign webhooks, newest first: at most two, and two only while they are exchanged. */
  sealedSecrets: string[];
  /** Token of DCI's API; null where there is none. */
  sealedApiToken: string | null;
  updatedAt: Date;
}

/** The webhooks of all tenants. Every method throws `UnavailableError` while the database is away. */
export interface DciHookStore {
  find(tenantId: string): Promise<DciHook | undefined>;
  /** Adds a secret beside the one there is; undefined, and nothing changed, where there are two already. */
  addSecret(tenantId: string, sealedSecret: string): Promise<DciHook | undefined>;
  /** Ends the older of two secrets; undefined where there are not two. */
  endPreviousSecret(tenantId: string): Promise<DciHook | undefined>;
  setApiToken(tenantId: string, sealedApiToken: string | null): Promise<DciHook>;
  /** Erases secrets and token; whether there were any. */
  remove(tenantId: string): Promise<boolean>;
}

const secretCount = sql`cardinality(${dciHooks.sealedSecrets})`;

/** The webhooks in PostgreSQL. Each change is one statement: two at once never lose a secret. */
export function createDciHookStore(queries: Queries): DciHookStore {
  return {
    async find(tenantId) {
      const [row] = await orUnavailable(async () =>
        queries.select().from(dciHooks).where(eq(dciHooks.tenantId, tenantId)),
      );
      return row;
    },

    async addSecret(tenantId, sealedSecret) {
      const [row] = await orUnavailable(async () =>
        queries
          .insert(dciHooks)
          .values({ tenantId, sealedSecrets: [sealedSecret] })
          .onConflictDoUpdate({
            target: dciHooks.tenantId,
            set: {
              sealedSecrets: sql`array_prepend(${sealedSecret}, ${dciHooks.sealedSecrets})`,
              updatedAt: sql`now()`,
            },
            setWhere: sql`${secretCount} < 2`,
          })
          .returning(),
      );
      return row;
    },

    async endPreviousSecret(tenantId) {
      const [row] = await orUnavailable(async () =>
        queries
          .update(dciHooks)
          .set({ sealedSecrets: sql`${dciHooks.sealedSecrets}[1:1]`, updatedAt: sql`now()` })
          .where(and(eq(dciHooks.tenantId, tenantId), sql`${secretCount} > 1`))
          .returning(),
      );
      return row;
    },

    async setApiToken(tenantId, sealedApiToken) {
      const [row] = await orUnavailable(async () =>
        queries
          .insert(dciHooks)
          .values({ tenantId, sealedSecrets: [], sealedApiToken })
          .onConflictDoUpdate({
            target: dciHooks.tenantId,
            set: { sealedApiToken, updatedAt: sql`now()` },
          })
          .returning(),
      );
      if (!row) throw new Error('The database returned no row for an insert.');
      return row;
    },

    async remove(tenantId) {
      const removed = await orUnavailable(async () =>
        queries
          .delete(dciHooks)
          .where(eq(dciHooks.tenantId, tenantId))
          .returning({ tenantId: dciHooks.tenantId }),
      );
      return removed.length > 0;
    },
  };
}
