import type { Client } from '@temporalio/client';
import type { ReadinessChecks } from '../api/readiness.js';
import type { Database } from '../store/database.js';
import { pingTemporal } from '../temporal/connection.js';

/** How a process finds out whether what it depends on is there. */
export function createChecks(
  client: Client,
  database: Database,
  isPolling: (() => boolean) | undefined,
): ReadinessChecks {
  return {
    temporal: () => pingTemporal(client),
    database: () => database.ping(),
    worker:
      isPolling &&
      (() => (isPolling() ? Promise.resolve() : Promise.reject(new Error('The worker does not poll.')))),
  };
}
