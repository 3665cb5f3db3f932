import type { ConnectionStore } from '../store/connections.js';
import type { Activities } from './types.js';

/** `storeConnection`: puts a connection in place of the earlier one, in one step. */
export function createStoreConnection(connections: ConnectionStore): Activities['storeConnection'] {
  return async ({ endpoint, sealedSigningSecret = null, ...connection }) => {
    const { tenantId } = connection;
    const earlier = endpoint === null ? await connections.find(tenantId) : undefined;
    const isSameCustomer =
      earlier?.customerInstance === connection.customerInstance &&
      earlier.domainPrefix === connection.domainPrefix;
    await connections.save({
      ...connection,
      sealedSigningSecret,
      tokenHint: connection.tokenHint ?? null,
      enabled: true,
      // Where the same customer lived last is better than nothing.
      endpoint: endpoint ?? (isSameCustomer ? earlier.endpoint : null),
    });
  };
}
