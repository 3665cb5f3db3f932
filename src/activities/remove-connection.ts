import type { ConnectionStore } from '../store/connections.js';
import type { Activities } from './types.js';

/** `removeConnection`: erases a connection and its token, if there is one. */
export function createRemoveConnection(connections: ConnectionStore): Activities['removeConnection'] {
  return async ({ tenantId }) => {
    await connections.remove(tenantId);
  };
}
