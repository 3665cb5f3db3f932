import { activityInfo, heartbeat } from '@temporalio/activity';
import type { TenantWorkflows } from '../temporal/tenant-workflows.js';
import type { Activities } from './types.js';

/** `cancelDeliveries`: ends what is under way or parked of a tenant. A crash in between is counted over. */
export function createCancelDeliveries(workflows: TenantWorkflows): Activities['cancelDeliveries'] {
  return async ({ tenantId }) => {
    const earlier = earlierCount();
    const cancelled = await workflows.cancelDeliveries(tenantId, (count) => heartbeat(earlier + count));
    return { cancelled: earlier + cancelled };
  };
}

/** `deleteWorkflows`: ends and deletes every workflow of a tenant, histories and all. */
export function createDeleteWorkflows(workflows: TenantWorkflows): Activities['deleteWorkflows'] {
  return async ({ tenantId }) => {
    const earlier = earlierCount();
    const deleted = await workflows.deleteAll(tenantId, (count) => heartbeat(earlier + count));
    return { deleted: earlier + deleted };
  };
}

/** What an attempt that was cut off had done. */
function earlierCount(): number {
  const details: unknown = activityInfo().heartbeatDetails;
  return typeof details === 'number' ? details : 0;
}
