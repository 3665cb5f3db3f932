import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities/index.js';
import type { Config } from '../config.js';
import { createConnectionStore } from '../store/connections.js';
import { createDciHookStore } from '../store/dci-hooks.js';
import type { Database } from '../store/database.js';
import { createPacing } from '../store/pacing.js';
import { createRevisions } from '../store/revisions.js';
import { createSealing } from '../store/sealing.js';
import { createDeliveries } from '../temporal/deliveries.js';
import { createRecovery } from '../temporal/recovery.js';
import { createTenantWorkflows } from '../temporal/tenant-workflows.js';
import { createEventOutbox } from '../temporal/event-outbox.js';
import { createEventSender } from '../events/event-sender.js';
import { createTenantRows } from '../store/tenant-rows.js';
import type { Tracing } from '../tracing/start.js';
import { logAttempts } from './attempt-log.js';
import { traceAttempts } from './attempt-span.js';
import { deliverySinks } from './delivery-sinks.js';
import { logEvents } from './event-log.js';
import { openDci } from './dci.js';
import type { Metrics } from './metrics.js';
import { openSuperOffice } from './superoffice.js';
import { workerSlots } from './worker-slots.js';

/** Workflows alone; and with the interceptors that make their spans, which cost each workflow some processor time. */
const BUNDLE = 'workflow-bundle.js';
const TRACED_BUNDLE = 'workflow-bundle-traced.js';

export interface RunningWorker {
  /** Settles when the worker has stopped; rejects when it failed. */
  stopped: Promise<void>;
  /** Whether it asks Temporal for work of both kinds. */
  isPolling(): boolean;
  /** Takes no more work and lets running attempts finish, within the grace time. */
  stop(): Promise<void>;
}

/** Starts a worker: workflows and activities of all tenants. */
export async function startWorker(parts: {
  config: Config;
  connection: NativeConnection;
  /** For what activities start and signal. */
  client: Client;
  namespace: string;
  dataConverter: DataConverter;
  /** Folder of the workflow bundles (`npm run build` makes them). */
  workflowBundles: string;
  /** Absent where nothing is traced. */
  tracing: Tracing | undefined;
  database: Database;
  metrics: Metrics;
  logger: Logger;
}): Promise<RunningWorker> {
  const { config, client, database, metrics, logger, tracing } = parts;
  const { queries } = database;
  const superOffice = openSuperOffice(config.superOffice);
  const { target } = config.events;
  const eventSender = target && createEventSender(target);
  const dci = openDci(config);
  const worker = await Worker.create({
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: config.taskQueue,
    workflowBundle: { codePath: join(parts.workflowBundles, tracing ? TRACED_BUNDLE : BUNDLE) },
    ...(tracing && { interceptors: { activity: tracing.activityInterceptors } }),
    dataConverter: parts.dataConverter,
    activities: createActivities({
      connections: createConnectionStore(queries),
      revisions: createRevisions(queries),
      dciHooks: createDciHookStore(queries),
      sealing: createSealing(config.sealingKeys),
      pacing: createPacing(queries, config.pacing),
      superOffice: superOffice.client,
      deliveries: createDeliveries(client, config.taskQueue),
      recovery: createRecovery(client, config.taskQueue, config.recovery),
      retryPacing: config.retryPacing,
      deliveryPolicy: config.deliveryPolicy,
      firstAttempt: config.firstAttempt,
      recordings: dci.recordings,
      observer: logAttempts(logger, traceAttempts(metrics.attempts)),
      eventSender,
      eventRetryInitialMs: config.events.retryInitialMs,
      eventOutbox: target && createEventOutbox(client, config.taskQueue),
      eventObserver: logEvents(logger, metrics.events),
      tenantRows: createTenantRows(queries),
      tenantWorkflows: createTenantWorkflows(client),
    }),
    sinks: { ...deliverySinks(logger, metrics.deliveries), ...tracing?.sinks },
    ...(config.workerVersion && {
      workerDeploymentOptions: {
        version: config.workerVersion,
        useWorkerVersioning: true,
        // Parked deliveries wait for weeks: pinned, they would hold the workers of their version up for as long.
        defaultVersioningBehavior: 'AUTO_UPGRADE',
      },
    }),
    ...workerSlots(config),
    // Without it, running attempts are cancelled at once when the worker stops.
    shutdownGraceTime: config.shutdownGraceMs,
  });
  const stopped = worker.run().finally(async () => {
    await Promise.all([superOffice.close(), dci.close(), eventSender?.close()]);
  });
  return {
    stopped,
    isPolling() {
      const { runState, workflowPollerState, activityPollerState } = worker.getStatus();
      return [runState, workflowPollerState, activityPollerState].join() === 'RUNNING,POLLING,POLLING';
    },
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await stopped.catch(() => undefined);
    },
  };
}
