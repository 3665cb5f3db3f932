import { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities/index.js';
import type { Config } from '../config.js';
import { createConnectionStore } from '../store/connections.js';
import type { Database } from '../store/database.js';
import { createSealing } from '../store/sealing.js';
import { createTenantRows } from '../store/tenant-rows.js';
import { logAttempts } from './attempt-log.js';
import type { Metrics } from './metrics.js';
import { openSuperOffice } from './superoffice.js';

export interface RunningWorker {
  /** Settles when the worker has stopped; rejects when it failed. */
  stopped: Promise<void>;
  /** Takes no more work and lets running attempts finish, within the grace time. */
  stop(): Promise<void>;
}

/** Starts a worker: workflows and activities of all tenants. */
export async function startWorker(parts: {
  config: Config;
  connection: NativeConnection;
  namespace: string;
  dataConverter: DataConverter;
  /** Path of the workflow bundle (`npm run build` makes it). */
  workflowBundle: string;
  database: Database;
  metrics: Metrics;
  logger: Logger;
}): Promise<RunningWorker> {
  const { config, database, metrics, logger } = parts;
  const superOffice = openSuperOffice(config.superOffice);
  const worker = await Worker.create({
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: config.taskQueue,
    workflowBundle: { codePath: parts.workflowBundle },
    dataConverter: parts.dataConverter,
    activities: createActivities({
      connections: createConnectionStore(database.queries),
      sealing: createSealing(config.sealingKeys),
      superOffice: superOffice.client,
      pacing: config.pacing,
      pushTimeouts: config.pushTimeouts,
      observer: logAttempts(logger, metrics.attempts),
      tenantRows: createTenantRows(database.queries),
      client: new Client({
        connection: parts.connection,
        namespace: parts.namespace,
        dataConverter: parts.dataConverter,
      }),
      taskQueue: config.taskQueue,
    }),
    maxConcurrentActivityTaskExecutions: config.maxConcurrentAttempts,
    // Without it, running attempts are cancelled at once when the worker stops.
    shutdownGraceTime: config.shutdownGraceMs,
  });
  const stopped = worker.run().finally(superOffice.close);
  return {
    stopped,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await stopped.catch(() => undefined);
    },
  };
}
