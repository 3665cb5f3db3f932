import type { NewConnection } from '../../../src/store/connections.js';

export function newConnection(changes: Partial<NewConnection> = {}): NewConnection {
  return {
    tenantId: 'tenant-1',
    domainPrefix: 'online2',
    customerInstance: 'Cust12345',
    includeId: 'dci-receive-summary',
    timeZone: 'Europe/Stockholm',
    sealedToken: 'sealed-1',
    sealedSigningSecret: null,
    enabled: true,
    tokenHint: null,
    endpoint: null,
    ...changes,
  };
}
