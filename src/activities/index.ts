import type { DciRecordings } from '../dci/recordings.js';
import type { ConnectionStore } from '../store/connections.js';
import type { Pacing } from '../store/pacing.js';
import type { Revisions } from '../store/revisions.js';
import type { DciHookStore } from '../store/dci-hooks.js';
import type { Sealing } from '../store/sealing.js';
import type { SuperOfficeClient } from '../superoffice/client.js';
import type { RetryPacing } from '../superoffice/retry-delay.js';
import type { Deliveries } from '../temporal/deliveries.js';
import type { Recovery } from '../temporal/recovery.js';
import { buildPayload } from './build-payload.js';
import { createFetchRecordingUrl } from './fetch-recording-url.js';
import { createFirstAttempt, type FirstAttemptLimits } from './first-attempt.js';
import type { TenantRows } from '../store/tenant-rows.js';
import type { TenantWorkflows } from '../temporal/tenant-workflows.js';
import { createClearAttention } from './clear-attention.js';
import { createLoadConnection } from './load-connection.js';
import { createLookUpTenant } from './look-up-tenant.js';
import type { AttemptObserver } from './observer.js';
import { createPostEvent, type PostEventDependencies } from './post-event.js';
import { createProbeConnection } from './probe-connection.js';
import { createPushSummary } from './push-summary.js';
import { createRaiseEvent, type RaiseEventDependencies } from './raise-event.js';
import { createRecheckParked } from './recheck-parked.js';
import { createRetryParkedBatch } from './retry-parked-batch.js';
import type { Activities, DeliveryPolicy } from './types.js';
import { createRemoveConnection } from './remove-connection.js';
import { createRetryParked } from './retry-parked.js';
import { createStoreConnection } from './store-connection.js';
import { createCancelDeliveries, createDeleteWorkflows } from './tenant-workflows.js';
import { createTestConnection } from './test-connection.js';

/** A worker shows three times that it lives before it is taken for dead. */
const HEARTBEATS_PER_TIMEOUT = 3;

export interface ActivityDependencies extends PostEventDependencies, RaiseEventDependencies {
  connections: ConnectionStore;
  revisions: Revisions;
  dciHooks: DciHookStore;
  tenantRows: TenantRows;
  sealing: Sealing;
  pacing: Pacing;
  superOffice: SuperOfficeClient;
  recordings: DciRecordings | undefined;
  deliveries: Deliveries;
  recovery: Recovery;
  tenantWorkflows: TenantWorkflows;
  retryPacing: RetryPacing;
  deliveryPolicy: DeliveryPolicy;
  firstAttempt: FirstAttemptLimits;
  observer: AttemptObserver;
}

/** The activities of all workflows, over what they need. */
export function createActivities(dependencies: ActivityDependencies): Activities {
  const { connections, revisions, pacing, deliveries, recovery, deliveryPolicy, tenantWorkflows } =
    dependencies;
  const heartbeatIntervalMs = deliveryPolicy.heartbeatMs / HEARTBEATS_PER_TIMEOUT;
  return {
    loadConnection: createLoadConnection({
      revisions,
      policy: deliveryPolicy,
      tryAtOnce: createFirstAttempt({ ...dependencies, ...dependencies.firstAttempt }),
    }),
    buildPayload,
    fetchRecordingUrl: createFetchRecordingUrl(dependencies),
    pushSummary: createPushSummary({ ...dependencies, heartbeatIntervalMs }),
    leaveLine: (place) => pacing.leave(place),
    recheckParked: createRecheckParked(connections, recovery),
    raiseEvent: createRaiseEvent(dependencies),

    probeConnection: createProbeConnection({ ...dependencies, heartbeatIntervalMs }),
    retryParkedBatch: createRetryParkedBatch(deliveries, heartbeatIntervalMs),
    postEvent: createPostEvent(dependencies),

    lookUpTenant: createLookUpTenant(dependencies.superOffice),
    storeConnection: createStoreConnection(connections),
    removeConnection: createRemoveConnection(connections, pacing),
    testConnection: createTestConnection({ ...dependencies, heartbeatIntervalMs }),
    clearAttention: createClearAttention(connections),
    retryParked: createRetryParked(recovery),
    cancelDeliveries: createCancelDeliveries(tenantWorkflows),
    deleteWorkflows: createDeleteWorkflows(tenantWorkflows),
    eraseRows: async ({ tenantId }) => ({ erased: await dependencies.tenantRows.erase(tenantId) }),
  };
}
