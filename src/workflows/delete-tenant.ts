import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/types.js';
import type { DeleteTenantOutcome } from '../domain/connection-change.js';

const { eraseRows } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '500ms', maximumInterval: '30s' },
});

const { cancelDeliveries, deleteWorkflows } = proxyActivities<Activities>({
  startToCloseTimeout: '6h',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/**
 * Forgets a tenant: its rows (and with them the token), then its deliveries and all its other workflows with their
 * histories. Deleting again finds nothing, and is fine. This workflow's own history holds the tenant's id alone.
 */
export async function DeleteTenant({ tenantId }: { tenantId: string }): Promise<DeleteTenantOutcome> {
  const first = await eraseRows({ tenantId });
  const { cancelled } = await cancelDeliveries({ tenantId });
  const { deleted } = await deleteWorkflows({ tenantId });
  // What was still running may have left a row.
  const last = await eraseRows({ tenantId });
  return {
    state: 'deleted',
    cancelledDeliveries: cancelled,
    deletedWorkflows: deleted,
    deletedRows: first.erased + last.erased,
  };
}
