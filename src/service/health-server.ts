import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createHealthApp } from '../api/health-app.js';
import type { MetricsText } from '../api/metrics.js';
import type { ReadinessChecks } from '../api/readiness.js';
import type { Config } from '../config.js';
import type { RunningApi } from './api.js';

/** Starts what a worker process serves: whether it lives and is ready, and its metrics. */
export async function startHealthServer(parts: {
  config: Pick<Config, 'api'>;
  checks: ReadinessChecks;
  metrics: MetricsText;
  logger: Logger;
}): Promise<RunningApi> {
  const { config, checks, metrics, logger } = parts;
  const { host, port, tokens, requestsPerMinute } = config.api;
  const app = await createHealthApp({ checks, metrics, tokens, requestsPerMinute, logger });
  await app.listen({ host, port });
  const address = app.server.address() as AddressInfo;
  return { url: `http://${host}:${address.port}`, close: () => app.close() };
}
