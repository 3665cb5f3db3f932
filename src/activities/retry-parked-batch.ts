import type { Deliveries } from '../temporal/deliveries.js';
import { whileAlive } from './alive.js';
import type { Activities } from './types.js';

/** `retryParkedBatch` (regular): starts a tenant's parked deliveries again, in the name of its recovery. */
export function createRetryParkedBatch(
  deliveries: Pick<Deliveries, 'retryParked'>,
  heartbeatIntervalMs: number,
): Activities['retryParkedBatch'] {
  return ({ tenantId, requester, limit }) =>
    whileAlive(heartbeatIntervalMs, () => deliveries.retryParked(tenantId, requester, limit));
}
