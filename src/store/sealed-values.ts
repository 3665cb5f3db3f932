import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { PgColumn, PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Queries } from './database.js';
import { connections, dciHooks } from './schema.js';
import { orUnavailable } from './unavailable.js';

/** Rows that are read at a time. */
const BATCH = 200;

/** One sealed value of one tenant, wherever it is kept. */
export interface SealedValue {
  tenantId: string;
  place: 'token key' | 'signing secret' | 'webhook secret' | "token of DCI's API";
  sealed: string;
  /** Puts another seal in its place, unless it was changed meanwhile: whether it did. */
  replace: (resealed: string) => Promise<boolean>;
}

/** Every sealed value in the database. Throws `UnavailableError` while the database is away. */
export async function* sealedValuesIn(queries: Queries): AsyncGenerator<SealedValue> {
  for await (const { tenantId, sealedToken, sealedSigningSecret } of rowsOf(connections.tenantId, (after) =>
    queries.select().from(connections).where(after).orderBy(asc(connections.tenantId)).limit(BATCH),
  )) {
    const replaceIn = (set: PgUpdateSetSource<typeof connections>, column: PgColumn, sealed: string) =>
      hasChanged(async () =>
        queries
          .update(connections)
          .set(set)
          .where(and(eq(connections.tenantId, tenantId), eq(column, sealed)))
          .returning({ tenantId: connections.tenantId }),
      );
    const replaceToken = (resealed: string) =>
      replaceIn({ sealedToken: resealed }, connections.sealedToken, sealedToken);
    yield { tenantId, place: 'token key', sealed: sealedToken, replace: replaceToken };
    if (sealedSigningSecret === null) continue;
    const replaceSecret = (resealed: string) =>
      replaceIn({ sealedSigningSecret: resealed }, connections.sealedSigningSecret, sealedSigningSecret);
    yield { tenantId, place: 'signing secret', sealed: sealedSigningSecret, replace: replaceSecret };
  }

  for await (const { tenantId, sealedSecrets, sealedApiToken } of rowsOf(dciHooks.tenantId, (after) =>
    queries.select().from(dciHooks).where(after).orderBy(asc(dciHooks.tenantId)).limit(BATCH),
  )) {
    const replaceIn = (set: object, unchanged: ReturnType<typeof sql>) =>
      hasChanged(async () =>
        queries
          .update(dciHooks)
          .set(set)
          .where(and(eq(dciHooks.tenantId, tenantId), unchanged))
          .returning({ tenantId: dciHooks.tenantId }),
      );
    for (const sealed of sealedSecrets) {
      const replace = (resealed: string) =>
        replaceIn(
          { sealedSecrets: sql`array_replace(${dciHooks.sealedSecrets}, ${sealed}, ${resealed})` },
          sql`${sealed} = any(${dciHooks.sealedSecrets})`,
        );
      yield { tenantId, place: 'webhook secret', sealed, replace };
    }
    if (sealedApiToken === null) continue;
    const replace = (resealed: string) =>
      replaceIn({ sealedApiToken: resealed }, sql`${dciHooks.sealedApiToken} = ${sealedApiToken}`);
    yield { tenantId, place: "token of DCI's API", sealed: sealedApiToken, replace };
  }
}

/** The rows of a table by tenant, batch after batch. */
async function* rowsOf<Row extends { tenantId: string }>(
  tenantColumn: PgColumn,
  read: (after: ReturnType<typeof gt> | undefined) => PromiseLike<Row[]>,
): AsyncGenerator<Row> {
  for (let after: ReturnType<typeof gt> | undefined; ;) {
    const rows = await orUnavailable(async () => read(after));
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = gt(tenantColumn, last.tenantId);
  }
}

async function hasChanged(update: () => Promise<unknown[]>): Promise<boolean> {
  return (await orUnavailable(update)).length > 0;
}
