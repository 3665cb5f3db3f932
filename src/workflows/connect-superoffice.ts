import type { ConnectInput, ConnectOutcome } from '../domain/connection-change.js';
import { lookUpTenant, retryParked, storeConnection } from './connection-activities.js';

/**
 * Connects a tenant to SuperOffice: looks the customer up, stores the connection in place of the earlier one, and
 * tries again what had parked. A customer that takes no connection leaves the earlier one as it was.
 */
export async function ConnectSuperOffice(input: ConnectInput): Promise<ConnectOutcome> {
  const { domainPrefix, customerInstance, tenantId } = input;
  const tenant = await lookUpTenant({ domainPrefix, customerInstance });
  if (tenant.status === 'refused') return { state: 'refused', code: tenant.code };

  const endpoint = tenant.status === 'running' ? tenant.endpoint : null;
  await storeConnection({ ...input, endpoint });
  await retryParked({ tenantId });
  return { state: 'connected', ...(tenant.status === 'unclear' && { notice: tenant.notice }) };
}
