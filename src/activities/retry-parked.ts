import type { Recovery } from '../temporal/recovery.js';
import type { Activities } from './types.js';

/** `retryParked`: what is parked of a tenant starts again, for a person who mended it. */
export function createRetryParked(recovery: Pick<Recovery, 'mended'>): Activities['retryParked'] {
  return ({ tenantId }) => recovery.mended(tenantId, 'all');
}
