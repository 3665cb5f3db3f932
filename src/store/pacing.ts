import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Queries } from './database.js';
import { pacing, turns } from './schema.js';
import { orUnavailable } from './unavailable.js';
import { withoutWaitingForDisk } from './without-waiting-for-disk.js';

/** How often SuperOffice is called on behalf of one tenant. */
export interface PacingLimits {
  /** Time between two starts of calls, in milliseconds. */
  intervalMs: number;
  /** Calls at the same time. */
  inFlight: number;
  /** A call whose worker is silent for so long no longer counts, in milliseconds. */
  leaseMs: number;
}

/** One delivery in its tenant's line. */
export interface Place {
  tenantId: string;
  deliveryId: string;
}

/** A turn that comes to its end. In milliseconds. */
export interface HeldTurn {
  /** Since it was taken. */
  heldMs: number;
  /** How long the call took; absent when none was made. */
  callMs?: number | undefined;
}

/** The lines of all tenants, one a tenant, shared by all workers. Methods throw `UnavailableError` as stores do. */
export interface Pacing {
  /**
   * Takes a turn: 0 means go, and the turn is held until `end`. Otherwise how long its turn is likely to be away, in
   * milliseconds; the place in the line is kept meanwhile, by those who come back at that time.
   *
   * @param express goes before those who wait, for a person who is looking at the screen
   */
  take(place: Place, options?: { express?: boolean }): Promise<number>;
  /** Shows that the call still runs. */
  extend(place: Place): Promise<void>;
  /** Ends a turn, unless it was given away since: a worker that is silent for long is taken for dead. */
  end(place: Place, held: HeldTurn): Promise<void>;
  /** Gives up a place of a delivery that will not come back for it, so that nobody is told to wait for it. A call goes on. */
  leave(place: Place): Promise<void>;
  /** Forgets a tenant's line. */
  clear(tenantId: string): Promise<void>;
}

/** By so much may clocks of the service and of the database have drifted apart within a call; takeovers come seconds later. */
const CLOCK_DRIFT_MS = 500;

/** Share of the newest call in the moving mean of how long calls take. */
const NEWEST_SHARE = 0.2;

/** The lines in PostgreSQL; the function `take_turn` (migrations) has the rules. */
export function createPacing(queries: Queries, { intervalMs, inFlight, leaseMs }: PacingLimits): Pacing {
  const rowOf = ({ tenantId, deliveryId }: Place) =>
    and(eq(turns.tenantId, tenantId), eq(turns.deliveryId, deliveryId));

  return {
    async take({ tenantId, deliveryId }, { express = false } = {}) {
      const { rows } = (await orUnavailable(async () =>
        queries.execute(
          sql`select take_turn(${tenantId}, ${deliveryId}, ${intervalMs}, ${inFlight}, ${leaseMs}, ${express}) as wait_ms
            where ${withoutWaitingForDisk}`,
        ),
      )) as { rows: { wait_ms: number }[] };
      return Math.ceil(rows[0]?.wait_ms ?? 0);
    },

    async extend(place) {
      const leaseUntil = sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`;
      await orUnavailable(async () =>
        queries
          .update(turns)
          .set({ leaseUntil })
          .where(and(rowOf(place), withoutWaitingForDisk)),
      );
    },

    async end(place, { heldMs, callMs }) {
      const takenBefore = sql`clock_timestamp() - ${Math.max(0, heldMs - CLOCK_DRIFT_MS)} * interval '1 millisecond'`;
      await orUnavailable(async () => {
        const gone = queries
          .delete(turns)
          .where(and(rowOf(place), lte(turns.dueAt, takenBefore), withoutWaitingForDisk));
        if (callMs === undefined) return gone;
        const ended = queries.$with('ended').as(gone.returning({ tenantId: turns.tenantId }));
        const mean = sql`${pacing.callMs} * ${1 - NEWEST_SHARE} + ${callMs * NEWEST_SHARE}`;
        // One round trip; the turn ends whether or not anybody reads that it did.
        return queries
          .with(ended)
          .update(pacing)
          .set({ callMs: mean })
          .where(eq(pacing.tenantId, place.tenantId));
      });
    },

    async leave(place) {
      await orUnavailable(async () =>
        queries.delete(turns).where(and(rowOf(place), isNull(turns.leaseUntil), withoutWaitingForDisk)),
      );
    },

    async clear(tenantId) {
      await orUnavailable(async () => {
        await queries.delete(turns).where(eq(turns.tenantId, tenantId));
        await queries.delete(pacing).where(eq(pacing.tenantId, tenantId));
      });
    },
  };
}
