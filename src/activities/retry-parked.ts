import type { Deliveries } from '../temporal/deliveries.js';
import type { Activities } from './types.js';

/** `retryParked`: starts everything parked of a tenant again. */
export function createRetryParked(deliveries: Pick<Deliveries, 'retryParked'>): Activities['retryParked'] {
  return async ({ tenantId }) => {
    await deliveries.retryParked(tenantId);
  };
}
