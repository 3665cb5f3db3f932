import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/types.js';
import type { DisconnectOutcome } from '../domain/connection-change.js';
import { removeConnection } from './connection-activities.js';

const { cancelDeliveries } = proxyActivities<Activities>({
  startToCloseTimeout: '1h',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/**
 * Ends a tenant's link to SuperOffice: erases the connection and its token first, so that no call starts any more,
 * then cancels what is under way or parked. What is in SuperOffice already stays there.
 */
export async function DisconnectSuperOffice({ tenantId }: { tenantId: string }): Promise<DisconnectOutcome> {
  await removeConnection({ tenantId });
  const { cancelled } = await cancelDeliveries({ tenantId });
  return { state: 'disconnected', cancelledDeliveries: cancelled };
}
