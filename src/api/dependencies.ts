import type { PayloadCodec } from '@temporalio/common';
import type { ConnectionStore } from '../store/connections.js';
import type { DciHookStore } from '../store/dci-hooks.js';
import type { Sealing } from '../store/sealing.js';
import type { BatchReach } from '../temporal/batch-retry.js';
import type { ConnectionChanges } from '../temporal/connection-changes.js';
import type { Deliveries } from '../temporal/deliveries.js';
import type { Recovery } from '../temporal/recovery.js';
import type { TemporalUi } from '../temporal/ui.js';
import type { OperationsOverview } from './operations-overview.js';
import type { ApiMetrics } from './metrics.js';
import type { ReadinessChecks } from './readiness.js';

/** What the routes work with. */
export interface ApiDependencies {
  connections: ConnectionStore;
  dciHooks: DciHookStore;
  sealing: Sealing;
  deliveries: Deliveries;
  recovery: Pick<Recovery, 'mended'>;
  connectionChanges: ConnectionChanges;
  /** Over all tenants. */
  operations: {
    overview: () => Promise<OperationsOverview>;
    /** @param code of a trouble */
    retryAllParkedBy: (code: string) => Promise<BatchReach>;
  };
  codec: PayloadCodec;
  /** Temporal's namespace of this service. */
  namespace: string;
  /** The Temporal UI of the operators, where there is one. */
  temporalUi: TemporalUi | undefined;
  /** The domain below which every SuperOffice lives: `superoffice.com`. */
  superOfficeDomain: string;
  metrics: ApiMetrics;
  /** DCI's webhook. Times in milliseconds. */
  webhooks: {
    /** A webhook that was sent longer ago, or is to be sent so far ahead, is refused. */
    toleranceMs: number;
    /** How long a delivery looks for the link to its recording; undefined: it does not. */
    recordingWindowMs: number | undefined;
  };
  checks: ReadinessChecks;
}
