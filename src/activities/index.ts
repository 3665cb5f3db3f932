import type { Client } from '@temporalio/client';
import type { ConnectionStore } from '../store/connections.js';
import type { Sealing } from '../store/sealing.js';
import type { SuperOfficeClient } from '../superoffice/client.js';
import type { RetryPacing } from '../superoffice/retry-delay.js';
import type { TenantRows } from '../store/tenant-rows.js';
import { createDeliveries } from '../temporal/deliveries.js';
import { createTenantWorkflows } from '../temporal/tenant-workflows.js';
import { buildPayload } from './build-payload.js';
import { createClearAttention } from './clear-attention.js';
import { createLoadConnection } from './load-connection.js';
import { createLookUpTenant } from './look-up-tenant.js';
import type { AttemptObserver } from './observer.js';
import { createPushSummary } from './push-summary.js';
import { createRemoveConnection } from './remove-connection.js';
import { createRetryParked } from './retry-parked.js';
import { createStoreConnection } from './store-connection.js';
import { createCancelDeliveries, createDeleteWorkflows } from './tenant-workflows.js';
import { createTestConnection } from './test-connection.js';
import type { Activities, PushTimeouts } from './types.js';

/** A worker shows three times that it lives before it is taken for dead. */
const HEARTBEATS_PER_TIMEOUT = 3;

export interface ActivityDependencies {
  connections: ConnectionStore;
  sealing: Sealing;
  superOffice: SuperOfficeClient;
  pacing: RetryPacing;
  pushTimeouts: PushTimeouts;
  observer: AttemptObserver;
  tenantRows: TenantRows;
  /** For activities that act on other workflows. */
  client: Client;
  taskQueue: string;
}

/** The activities of all workflows, over what they need. */
export function createActivities(dependencies: ActivityDependencies): Activities {
  const { connections, pushTimeouts, client, taskQueue } = dependencies;
  const heartbeatIntervalMs = pushTimeouts.heartbeatMs / HEARTBEATS_PER_TIMEOUT;
  const tenantWorkflows = createTenantWorkflows(client);
  return {
    loadConnection: createLoadConnection(connections, pushTimeouts),
    buildPayload,
    pushSummary: createPushSummary({ ...dependencies, heartbeatIntervalMs }),
    lookUpTenant: createLookUpTenant(dependencies.superOffice),
    storeConnection: createStoreConnection(connections),
    removeConnection: createRemoveConnection(connections),
    testConnection: createTestConnection({ ...dependencies, heartbeatIntervalMs }),
    clearAttention: createClearAttention(connections),
    retryParked: createRetryParked(createDeliveries(client, taskQueue)),
    cancelDeliveries: createCancelDeliveries(tenantWorkflows),
    deleteWorkflows: createDeleteWorkflows(tenantWorkflows),
    eraseRows: async ({ tenantId }) => ({ erased: await dependencies.tenantRows.erase(tenantId) }),
  };
}
