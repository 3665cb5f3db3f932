import type { DciRecordings } from '../dci/recordings.js';
import type { ConnectionStore } from '../store/connections.js';
import type { DciHookStore } from '../store/dci-hooks.js';
import type { Sealing } from '../store/sealing.js';
import type { SuperOfficeClient } from '../superoffice/client.js';
import type { RetryPacing } from '../superoffice/retry-delay.js';
import { buildPayload } from './build-payload.js';
import { createFetchRecordingUrl } from './fetch-recording-url.js';
import { createLoadConnection } from './load-connection.js';
import type { AttemptObserver } from './observer.js';
import { createPushSummary } from './push-summary.js';
import type { Activities, PushTimeouts } from './types.js';

/** A worker shows three times that it lives before it is taken for dead. */
const HEARTBEATS_PER_TIMEOUT = 3;

export interface ActivityDependencies {
  connections: ConnectionStore;
  dciHooks: DciHookStore;
  sealing: Sealing;
  superOffice: SuperOfficeClient;
  recordings: DciRecordings | undefined;
  pacing: RetryPacing;
  pushTimeouts: PushTimeouts;
  observer: AttemptObserver;
}

/** The activities of all workflows, over what they need. */
export function createActivities(dependencies: ActivityDependencies): Activities {
  const { connections, pushTimeouts } = dependencies;
  return {
    loadConnection: createLoadConnection(connections, pushTimeouts),
    buildPayload,
    fetchRecordingUrl: createFetchRecordingUrl(dependencies),
    pushSummary: createPushSummary({
      ...dependencies,
      heartbeatIntervalMs: pushTimeouts.heartbeatMs / HEARTBEATS_PER_TIMEOUT,
    }),
  };
}
