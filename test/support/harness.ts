import { randomBytes } from 'node:crypto';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '@dci-superoffice/client';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { inject } from 'vitest';
import { sandboxEnvironment } from '../../demo/service-process.js';
import { sampleCrm } from '../../sandbox/sample-crm.js';
import { type Sandbox, startSandbox } from '../../sandbox/start.js';
import { type Config, loadConfig } from '../../src/config.js';
import { generateKey } from '../../src/domain/key-ring.js';
import { startApi } from '../../src/service/api.js';
import { createChecks } from '../../src/service/checks.js';
import { createLogger } from '../../src/service/logger.js';
import { createMetrics } from '../../src/service/metrics.js';
import type { SdkMetrics } from '../../src/service/sdk-metrics.js';
import { installTemporalRuntime } from '../../src/service/temporal-runtime.js';
import { type RunningWorker, startWorker } from '../../src/service/worker.js';
import { type Database, openEmbeddedPostgres, openPostgres } from '../../src/store/database.js';
import {
  connectNative,
  createLazyClient,
  createStarter,
  localTarget,
} from '../../src/temporal/connection.js';
import { createDataConverter } from '../../src/temporal/data-converter.js';
import { recoveryWorkflowId } from '../../src/temporal/names.js';
import { registerSearchAttributes } from '../../src/temporal/register-search-attributes.js';
import type { Tracing } from '../../src/tracing/start.js';
import { createDatabase } from './databases.js';
import { createTenantApi, newTenantId, type TenantApi } from './tenant-api.js';

export const API_TOKEN = 'a-token-of-the-tests-0123456789';

const POLL_MS = 100;
/** Shorter than the time limit of a test, which would not say what it waited for. */
const UNTIL_TIMEOUT_MS = 50_000;

/** Short waits by configuration; all else as in production. */
const quickPacing = {
  RETRY_INITIAL_DELAY: '20ms',
  RETRY_MAXIMUM_DELAY: '200ms',
  MAINTENANCE_RETRY_DELAY: '300ms',
  // A busy machine must not pass for a SuperOffice or a worker that is silent.
  SUPEROFFICE_REQUEST_TIMEOUT: '3s',
  HEARTBEAT_TIMEOUT: '5s',
  PACING_INTERVAL: '5ms',
  PACING_IN_FLIGHT: '4',
  RECOVERY_PROBE_INITIAL: '200ms',
  RECOVERY_PROBE_MAXIMUM: '1s',
  // The second look finds what Temporal's list did not show at the first: it is a little behind.
  RECOVERY_SETTLE: '2s',
  SHUTDOWN_GRACE: '5s',
  PORT: '0',
  // Tests poll; the limit has tests of its own.
  API_RATE_LIMIT: '10000000',
};

/** PostgreSQL inside the process, or a server of its own. */
export type DatabaseEngine = 'embedded' | 'server';
export const databaseEngines: readonly DatabaseEngine[] = ['embedded', 'server'];

/** A tenant of the service, connected to a tenant of the sandbox. */
export interface TestTenant {
  tenantId: string;
  customerInstance: string;
  key: string;
  api: TenantApi;
}

/** The whole service in this process, over a real Temporal server, a real database and the sandbox. */
export interface Harness {
  url: string;
  temporalAddress: string;
  config: Config;
  sandbox: Sandbox;
  client: Client;
  database: Database;
  /** What was logged so far, a line each. */
  logs: string[];
  /** In Prometheus' text format. */
  metrics(): Promise<string>;
  /** @param changes of the configuration, for this worker alone */
  startWorker(changes?: Partial<Config>): Promise<RunningWorker>;
  /** Makes a tenant of the sandbox and connects a tenant of the service to it. */
  connectTenant(): Promise<TestTenant>;
  /**
   * Waits until a connect, or a mended trouble, has started everything again that was parked: it would start what a test
   * has parked since, too.
   */
  untilRecovered(tenantId: string): Promise<void>;
  /** Polls a delivery until it fulfils a condition; fails with what it saw last. */
  until(
    tenant: TestTenant,
    deliveryId: string,
    condition: (delivery: Delivery) => boolean,
  ): Promise<Delivery>;
  stop(): Promise<void>;
}

let runtime: Promise<SdkMetrics> | undefined;
let started: Tracing | undefined;
let customers = 10_000;

/** @param engine `named`: the database that the caller of the tests named, or an embedded one */
export async function startHarness(
  overrides: NodeJS.ProcessEnv = {},
  engine: DatabaseEngine | 'named' = 'named',
): Promise<Harness> {
  const dataDir = await mkdtemp(join(tmpdir(), 'harness-'));
  const caFile = join(dataDir, 'ca.pem');
  const sandbox = await startSandbox();
  await writeFile(caFile, sandbox.caCertificate);
  const config = loadConfig(
    {
      ...quickPacing,
      API_TOKENS: `tests:${API_TOKEN}`,
      SEALING_KEYS: generateKey('test'),
      PAYLOAD_KEYS: generateKey('test'),
      DATA_DIR: dataDir,
      TASK_QUEUE: `test-${randomBytes(6).toString('hex')}`,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_UI_URL: inject('temporalUiUrl'),
      ...sandboxEnvironment(sandbox, caFile),
      ...overrides,
    },
    'all',
  );
  const { logs, logger } = capturingLogger();
  const tracing = await tracingFor(config);
  runtime ??= installTemporalRuntime(logger);
  const sdkMetrics = await runtime;

  const { database, drop } = await openTestDatabase(engine);
  const target = localTarget(inject('temporalAddress'));
  const dataConverter = createDataConverter(config.payloadKeys);
  const client = createLazyClient(target, dataConverter, tracing?.clientInterceptors);
  await registerSearchAttributes(client);
  const metrics = createMetrics(config.tenantLabel, sdkMetrics);
  const workers: RunningWorker[] = [];
  const checks = createChecks(client, database, () => workers.some((worker) => worker.isPolling()));
  metrics.watchDependencies(checks, database);
  const connection = await connectNative(target, () => undefined, new AbortController().signal);
  const starter = config.workerVersion
    ? undefined
    : createStarter(connection, target, dataConverter, tracing?.clientInterceptors);
  const api = await startApi({
    config,
    client,
    ...(starter && { starterOf: () => starter }),
    temporalUiUrl: config.temporalUiUrl,
    database,
    checks,
    metrics,
    logger,
  });
  const harness: Harness = {
    url: api.url,
    temporalAddress: inject('temporalAddress'),
    config,
    sandbox,
    client,
    database,
    logs,
    metrics: () => metrics.text(),
    async startWorker(changes = {}) {
      const workerConfig = { ...config, ...changes };
      const worker = await startWorker({
        config: workerConfig,
        connection,
        client,
        namespace: target.namespace,
        dataConverter: createDataConverter(workerConfig.payloadKeys),
        workflowBundles: inject('workflowBundles'),
        tracing,
        database,
        metrics,
        logger,
      });
      workers.push(worker);
      return worker;
    },
    async connectTenant() {
      const tenantId = newTenantId();
      const customerInstance = `Cust${(customers += 1)}`;
      const key = `key-${randomBytes(12).toString('hex')}`;
      sandbox.addTenant({ customerInstance, key, ...sampleCrm() });
      const tenantApi = createTenantApi(api.url, API_TOKEN, tenantId);
      await tenantApi.connect({ domainPrefix: 'online2', customerInstance, token: key });
      await harness.untilRecovered(tenantId);
      return { tenantId, customerInstance, key, api: tenantApi };
    },
    async untilRecovered(tenantId) {
      await client.workflow.getHandle(recoveryWorkflowId(tenantId)).result();
    },
    async until(tenant, deliveryId, condition) {
      const deadline = Date.now() + UNTIL_TIMEOUT_MS;
      for (;;) {
        const delivery = await tenant.api.delivery(deliveryId);
        if (condition(delivery)) return delivery;
        if (Date.now() > deadline) throw new Error(`Waited in vain; last seen: ${JSON.stringify(delivery)}`);
        await sleep(POLL_MS);
      }
    },
    async stop() {
      for (const worker of workers) await worker.stop();
      await connection.close();
      await api.close();
      await client.connection.close();
      await database.close();
      await drop();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return harness;
}

/** Once a process, as the service does; whoever asks for it also sets `OTEL_…` in the environment of the process. */
async function tracingFor({ isTraced }: Config): Promise<Tracing | undefined> {
  if (!isTraced) return undefined;
  const { startTracing } = await import('../../src/tracing/start.js');
  started ??= startTracing('dci-superoffice');
  return started;
}

async function openTestDatabase(
  engine: DatabaseEngine | 'named',
): Promise<{ database: Database; drop: () => Promise<void> }> {
  const serverUrl = engine === 'server' ? inject('postgresUrl') : inject('databaseUrl');
  if (engine === 'embedded' || serverUrl === '')
    return { database: await openEmbeddedPostgres(undefined), drop: () => Promise.resolve() };
  const created = await createDatabase(serverUrl);
  return { database: await openPostgres(created.url, () => undefined), drop: () => created.drop() };
}

function capturingLogger(): { logs: string[]; logger: Logger } {
  const logs: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logs.push(chunk.toString());
      done();
    },
  });
  return { logs, logger: createLogger('trace', stream) };
}
