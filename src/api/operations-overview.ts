import type { ConnectionHealth } from '../store/connection-health.js';
import type { DeliveryOverview } from '../temporal/delivery-overview.js';
import type { WorkerPresence } from '../temporal/worker-presence.js';
import { sharedFor } from './shared-for.js';

/** Whoever asks within this time gets the same answer: many open pages cost no more than one. In milliseconds. */
const SHARED_FOR_MS = 3_000;
/** So many tenants are listed. */
const TENANTS = 20;

/** A tenant whose deliveries wait for somebody. */
export interface WaitingTenant {
  tenantId: string;
  /** What stops all of its deliveries, or what the newest parked one met: a code. */
  trouble: string;
  /** Since when its connection needs attention; absent where only single deliveries are parked. */
  attentionSince?: Date;
  parked: number;
}

/** How all tenants are. */
export interface OperationsOverview extends WorkerPresence {
  at: Date;
  connections: Pick<ConnectionHealth, 'total' | 'paused' | 'troubled'>;
  deliveries: Omit<DeliveryOverview, 'parkedByTenant'>;
  /** Those whose connection needs attention, the longest first; then others of whom something is parked. */
  tenants: WaitingTenant[];
}

/** Where the figures come from. */
export interface OverviewSources {
  deliveries: () => Promise<DeliveryOverview>;
  connections: (limit: number) => Promise<ConnectionHealth>;
  workers: () => Promise<WorkerPresence>;
  countParked: (tenantId: string) => Promise<number>;
}

/** A function that tells how all tenants are, as of a few seconds ago at most. */
export function createOverview(sources: OverviewSources): () => Promise<OperationsOverview> {
  return sharedFor(SHARED_FOR_MS, async () => {
    const [{ parkedByTenant, ...deliveries }, { longestTroubled, ...connections }, workers] =
      await Promise.all([sources.deliveries(), sources.connections(TENANTS), sources.workers()]);
    const troubled = longestTroubled.map(({ since, ...tenant }) => ({ ...tenant, attentionSince: since }));
    const known = new Set(troubled.map(({ tenantId }) => tenantId));
    const others = parkedByTenant.filter(({ tenantId }) => !known.has(tenantId));
    const tenants = await Promise.all(
      [...troubled, ...others]
        .slice(0, TENANTS)
        .map(async (tenant) => ({ ...tenant, parked: await sources.countParked(tenant.tenantId) })),
    );
    return { at: new Date(), connections, deliveries, tenants, ...workers };
  });
}
