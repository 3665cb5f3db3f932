import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import closeWithGrace from 'close-with-grace';
import type { Logger } from 'pino';
import { type Config, loadConfig, type Role } from '../config.js';
import { ConfigurationError } from '../domain/errors.js';
import { connectNative, createLazyClient, createStarter, localTarget } from '../temporal/connection.js';
import { createDataConverter } from '../temporal/data-converter.js';
import { keepClosedWorkflows } from '../temporal/dev-server/keep-closed-workflows.js';
import { startDevServer } from '../temporal/dev-server/start-dev-server.js';
import { registerSearchAttributes } from '../temporal/register-search-attributes.js';
import type { Tracing } from '../tracing/start.js';
import { startApi } from './api.js';
import { startHealthServer } from './health-server.js';
import { createChecks } from './checks.js';
import { claimDataFolder } from './data-folder.js';
import { openDatabase } from './database.js';
import { developmentSecrets } from './development-secrets.js';
import { createLogger } from './logger.js';
import { createMetrics } from './metrics.js';
import { installTemporalRuntime } from './temporal-runtime.js';
import { type RunningWorker, startWorker } from './worker.js';

/** Beyond the grace of the worker, what else may take time at the end, in milliseconds. */
const CLOSE_MARGIN_MS = 15_000;

type Close = () => Promise<void> | void;

/** Runs a process of the service until a signal ends it: the whole of it, or one role. */
export async function runProcess(role: Role): Promise<void> {
  // Closed in the opposite order of opening.
  const opened: Close[] = [];
  const closeAll = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  const stopping = new AbortController();
  try {
    await open(role, opened, closeAll, stopping);
  } catch (error) {
    // Told to stop while it waited for something: whoever told it so closes what is open, and ends the process.
    if (stopping.signal.aborted) return;
    await closeAll();
    process.stderr.write(`${error instanceof ConfigurationError ? error.message : explain(error)}\n`);
    process.exit(1);
  }
}

async function open(role: Role, opened: Close[], closeAll: Close, stopping: AbortController): Promise<void> {
  const env = prepareEnvironment(role, opened);
  const config = loadConfig(env, role);
  const logger = createLogger(config.logLevel);
  const tracing = await openTracing(config, role, opened);
  const sdkMetrics = await installTemporalRuntime(logger);
  closeWithGrace(
    { delay: config.shutdownGraceMs + CLOSE_MARGIN_MS, logger: false },
    async ({ signal, err }) => {
      if (err) logger.fatal({ errorName: err.name, errorMessage: err.message }, 'stopping after a failure');
      else logger.info({ signal }, 'stopping');
      stopping.abort();
      await closeAll();
      logger.info('stopped');
    },
  );

  const { target, uiUrl } = await openTemporal(config, logger, opened);
  const database = await openDatabase(config, logger, stopping.signal);
  opened.push(() => database.close());
  const metrics = createMetrics(config.tenantLabel, sdkMetrics);
  const dataConverter = createDataConverter(config.payloadKeys);
  const client = createLazyClient(target, dataConverter, tracing?.clientInterceptors);
  // The client's connection ends with the process: closed while Temporal is away, it throws where nobody can catch.

  let url: string | undefined;
  let worker: RunningWorker | undefined;
  let starter: Client | undefined;
  let closeApi: Close | undefined;
  const checks = createChecks(
    client,
    database,
    role === 'api' ? undefined : () => worker?.isPolling() ?? false,
  );
  metrics.watchDependencies(checks, database);
  if (role === 'worker') {
    // First of all: it answers that the process lives while that waits for Temporal.
    const health = await startHealthServer({ config, checks, metrics, logger });
    opened.push(() => health.close());
    url = health.url;
  } else {
    // Before the worker, which waits for Temporal: it answers meanwhile that the process lives, and what is away.
    const api = await startApi({
      config,
      client,
      starterOf: () => starter,
      temporalUiUrl: uiUrl,
      database,
      checks,
      metrics,
      logger,
    });
    closeApi = () => api.close();
    opened.push(closeApi);
    url = api.url;
  }
  if (role !== 'api') {
    const connection = await connectNative(
      target,
      (error) => logger.warn({ reason: explain(error) }, 'Temporal is away; trying again'),
      stopping.signal,
    );
    opened.push(() => connection.close());
    await registerSearchAttributes(client);
    if (!config.temporal) await keepClosedWorkflows(client);
    const started = await startWorker({
      config,
      connection,
      client,
      namespace: target.namespace,
      dataConverter,
      workflowBundles: fileURLToPath(new URL('..', import.meta.url)),
      tracing,
      database,
      metrics,
      logger,
    });
    worker = started;
    if (!config.workerVersion)
      starter = createStarter(connection, target, dataConverter, tracing?.clientInterceptors);
    opened.push(() => started.stop());
    // First of all: what the API starts goes by the worker's connection. Closed before, it is closed already.
    if (closeApi) opened.push(closeApi);
    started.stopped.catch(endProcess);
  }
  logger.info(
    { role, url, temporalUi: uiUrl, namespace: target.namespace, dataDir: config.dataDir },
    'ready',
  );
}

/** Nothing of OpenTelemetry's SDK is loaded where nothing is traced. */
async function openTracing({ isTraced }: Config, role: Role, opened: Close[]): Promise<Tracing | undefined> {
  if (!isTraced) return undefined;
  const { startTracing } = await import('../tracing/start.js');
  const tracing = startTracing(role === 'all' ? 'dci-superoffice' : `dci-superoffice-${role}`);
  // A collector that is away holds nobody up.
  opened.push(() => tracing.stop().catch(() => undefined));
  return tracing;
}

/** A service on its embedded database makes its own secrets; any other must be given them. */
function prepareEnvironment(role: Role, opened: Close[]): NodeJS.ProcessEnv {
  const { env } = process;
  if (role !== 'all') return env;
  const dataDir = env.DATA_DIR ?? '.data';
  opened.push(claimDataFolder(dataDir).release);
  return env.DATABASE_URL ? env : { ...developmentSecrets(dataDir), ...env };
}

/** Outside any promise, where the shutdown handler sees it: ends the process with exit code 1, in order. */
function endProcess(error: unknown): void {
  setImmediate(() => {
    throw error instanceof Error ? error : new Error('unknown failure');
  });
}

/** The server that configuration names, or a dev server of our own that lives as long as this process. */
async function openTemporal(config: ReturnType<typeof loadConfig>, logger: Logger, opened: Close[]) {
  if (config.temporal) return { target: config.temporal, uiUrl: config.temporalUiUrl };
  const server = await startDevServer({
    dataDir: join(config.dataDir, 'temporal'),
    report: (line) => logger.info(line),
  });
  let stopping = false;
  opened.push(() => {
    stopping = true;
    return server.stop();
  });
  void server.exited.then(() => {
    if (!stopping) endProcess(new Error('The Temporal dev server ended; its log is in the data folder.'));
  });
  return { target: localTarget(server.address), uiUrl: config.temporalUiUrl ?? server.uiUrl };
}

function explain(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown failure';
}
