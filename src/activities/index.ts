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
import { createLoadConnection } from './load-connection.js';
import type { AttemptObserver } from './observer.js';
import { createPostEvent, type PostEventDependencies } from './post-event.js';
import { createProbeConnection } from './probe-connection.js';
import { createPushSummary } from './push-summary.js';
import { createRaiseEvent, type RaiseEventDependencies } from './raise-event.js';
import { createRecheckParked } from './recheck-parked.js';
import { createRetryParkedBatch } from './retry-parked-batch.js';
import type { Activities, DeliveryPolicy } from './types.js';

/** A worker shows three times that it lives before it is taken for dead. */
const HEARTBEATS_PER_TIMEOUT = 3;

export interface ActivityDependencies extends PostEventDependencies, RaiseEventDependencies {
  connections: ConnectionStore;
  revisions: Revisions;
  dciHooks: DciHookStore;
  sealing: Sealing;
  pacing: Pacing;
  superOffice: SuperOfficeClient;
  deliveries: Deliveries;
  recovery: Recovery;
  retryPacing: RetryPacing;
  deliveryPolicy: DeliveryPolicy;
  recordings: DciRecordings | undefined;
  observer: AttemptObserver;
}

/** The activities of all workflows, over what they need. */
export function createActivities(dependencies: ActivityDependencies): Activities {
  const { connections, revisions, deliveries, deliveryPolicy } = dependencies;
  return {
    loadConnection: createLoadConnection(connections, revisions, deliveryPolicy),
    buildPayload,
    fetchRecordingUrl: createFetchRecordingUrl(dependencies),
    pushSummary: createPushSummary({
      ...dependencies,
      heartbeatIntervalMs: deliveryPolicy.heartbeatMs / HEARTBEATS_PER_TIMEOUT,
    }),
    recheckParked: createRecheckParked(connections),
    probeConnection: createProbeConnection(dependencies),
    retryParkedBatch: createRetryParkedBatch(deliveries),
    raiseEvent: createRaiseEvent(dependencies),
    postEvent: createPostEvent(dependencies),
  };
}
