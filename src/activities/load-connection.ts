import type { ConnectionStore } from '../store/connections.js';
import type { Activities, PushTimeouts } from './types.js';

/** `loadConnection` (local): the tenant's connection as far as a workflow may see it, without its secret. */
export function createLoadConnection(
  connections: ConnectionStore,
  pushTimeouts: PushTimeouts,
): Activities['loadConnection'] {
  return async ({ tenantId }) => {
    const connection = await connections.find(tenantId);
    if (!connection) return { status: 'unavailable', reason: 'not-connected' };
    if (!connection.enabled) return { status: 'unavailable', reason: 'disabled' };
    return { status: 'connected', timeZone: connection.timeZone, pushTimeouts };
  };
}
