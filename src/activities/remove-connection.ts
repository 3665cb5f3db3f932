import type { ConnectionStore } from '../store/connections.js';
import type { Pacing } from '../store/pacing.js';
import type { Activities } from './types.js';

/** `removeConnection`: erases a tenant's connection with its token, and its line. */
export function createRemoveConnection(
  connections: ConnectionStore,
  pacing: Pacing,
): Activities['removeConnection'] {
  return async ({ tenantId }) => {
    await connections.remove(tenantId);
    await pacing.clear(tenantId);
  };
}
