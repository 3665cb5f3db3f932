import type { AddressInfo } from 'node:net';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { createApp } from '../api/app.js';
import type { ReadinessChecks } from '../api/readiness.js';
import type { Config } from '../config.js';
import { createConnectionStore } from '../store/connections.js';
import { createDciHookStore } from '../store/dci-hooks.js';
import type { Database } from '../store/database.js';
import { createSealing } from '../store/sealing.js';
import { createPayloadCodec } from '../temporal/codec.js';
import { createConnectionChanges } from '../temporal/connection-changes.js';
import { createDeliveries } from '../temporal/deliveries.js';
import { createRecovery } from '../temporal/recovery.js';
import { createTemporalUi } from '../temporal/ui.js';
import type { Metrics } from './metrics.js';
import { createOperations } from './operations.js';

export interface RunningApi {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  url: string;
  /** Takes no more requests and waits for those under way. */
  close(): Promise<void>;
}

/** Starts the HTTP API. */
export async function startApi(parts: {
  config: Config;
  client: Client;
  /** Over the connection of the worker in this process, once it runs; absent where there is none. */
  starterOf?: () => Client | undefined;
  /** Where operators look into workflows; undefined: nobody knows. */
  temporalUiUrl: string | undefined;
  database: Database;
  checks: ReadinessChecks;
  metrics: Metrics;
  logger: Logger;
}): Promise<RunningApi> {
  const { config, client, starterOf, temporalUiUrl, database, checks, metrics, logger } = parts;
  const { namespace } = client.options;
  metrics.watchBacklog({ client, database });
  const app = await createApp({
    ...config.api,
    pages: config.pages,
    sealingKeys: config.sealingKeys,
    logger,
    metrics,
    connections: createConnectionStore(database.queries),
    dciHooks: createDciHookStore(database.queries),
    webhooks: config.webhooks,
    sealing: createSealing(config.sealingKeys),
    deliveries: createDeliveries(client, config.taskQueue, starterOf),
    recovery: createRecovery(client, config.taskQueue, config.recovery),
    superOfficeDomain: config.superOffice.policy.domain,
    connectionChanges: createConnectionChanges(client, config.taskQueue, config.deliveryPolicy),
    operations: createOperations(client, database, config.taskQueue),
    codec: createPayloadCodec(config.payloadKeys),
    namespace,
    temporalUi: temporalUiUrl === undefined ? undefined : createTemporalUi(temporalUiUrl, namespace),
    checks,
  });
  await app.listen({ host: config.api.host, port: config.api.port });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://${config.api.host}:${port}`, close: () => app.close() };
}
