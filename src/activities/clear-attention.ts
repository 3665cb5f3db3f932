import type { ConnectionStore } from '../store/connections.js';
import type { Activities } from './types.js';

/** `clearAttention`: notes that a tenant's trouble is over; tells whether its deliveries may go out. */
export function createClearAttention(connections: ConnectionStore): Activities['clearAttention'] {
  return async ({ tenantId }) => {
    await connections.clearAttention(tenantId);
    const connection = await connections.find(tenantId);
    return { enabled: connection?.enabled ?? false };
  };
}
