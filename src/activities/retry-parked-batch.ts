import type { Deliveries } from '../temporal/deliveries.js';
import type { Activities } from './types.js';

/** `retryParkedBatch` (regular): starts a tenant's parked deliveries again, in the name of its recovery. */
export function createRetryParkedBatch(
  deliveries: Pick<Deliveries, 'retryParked'>,
): Activities['retryParkedBatch'] {
  return ({ tenantId, requester, limit }) => deliveries.retryParked(tenantId, requester, limit);
}
