import type { ConnectionStore } from '../store/connections.js';
import type { Sealing } from '../store/sealing.js';
import type { ConnectionChanges } from '../temporal/connection-changes.js';
import type { Deliveries } from '../temporal/deliveries.js';
import type { ApiMetrics } from './metrics.js';

/** What the routes work with. */
export interface ApiDependencies {
  connections: ConnectionStore;
  sealing: Sealing;
  deliveries: Deliveries;
  connectionChanges: ConnectionChanges;
  /** The domain below which every SuperOffice lives: `superoffice.com`. */
  superOfficeDomain: string;
  metrics: ApiMetrics;
  /** Each fails while the dependency is away. */
  checks: { temporal: () => Promise<void>; database: () => Promise<void> };
}
