import type { Client } from '@temporalio/client';
import type { ApiDependencies } from '../api/dependencies.js';
import { createOverview } from '../api/operations-overview.js';
import { connectionHealthOf } from '../store/connection-health.js';
import type { Database } from '../store/database.js';
import { retryAllParkedBy } from '../temporal/batch-retry.js';
import { createDeliveries } from '../temporal/deliveries.js';
import { deliveryOverviewOf } from '../temporal/delivery-overview.js';
import { workerPresenceOf } from '../temporal/worker-presence.js';

/** What operators see and do over all tenants, from Temporal and from the database. */
export function createOperations(
  client: Client,
  { queries }: Database,
  taskQueue: string,
): ApiDependencies['operations'] {
  const deliveries = createDeliveries(client, taskQueue);
  return {
    overview: createOverview({
      deliveries: () => deliveryOverviewOf(client, taskQueue),
      connections: (limit) => connectionHealthOf(queries, limit),
      workers: () => workerPresenceOf(client, taskQueue),
      countParked: (tenantId) => deliveries.countParked(tenantId),
    }),
    retryAllParkedBy: (code) => retryAllParkedBy(client, taskQueue, code),
  };
}
