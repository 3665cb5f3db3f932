import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { ApiToken } from '../domain/api-token.js';
import type { MetricsText } from './metrics.js';
import { requireToken } from './plugins/authentication.js';
import { errorHandler } from './plugins/error-handler.js';
import { unknownAddresses } from './plugins/unknown-addresses.js';
import type { ReadinessChecks } from './readiness.js';
import { healthRoutes, metricsRoute } from './routes/operations.js';

export interface HealthAppOptions {
  checks: ReadinessChecks;
  metrics: MetricsText;
  /** Who may read the metrics; everybody who reaches the port where there are none. */
  tokens: readonly ApiToken[];
  /** For one client address. */
  requestsPerMinute: number;
  logger: FastifyBaseLogger;
}

/** What a process without an API serves: `/healthz`, `/readyz` and `/metrics`. */
export async function createHealthApp(options: HealthAppOptions): Promise<FastifyInstance> {
  const { checks, metrics, tokens, requestsPerMinute, logger } = options;
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(rateLimit, { global: false, max: requestsPerMinute, timeWindow: '1 minute' });
  await app.register(errorHandler);
  await app.register(unknownAddresses);
  await app.register(healthRoutes, { checks });
  await app.register(async (scope) => {
    scope.addHook('onRequest', scope.rateLimit());
    if (tokens.length > 0) requireToken(scope, tokens);
    await scope.register(metricsRoute, { metrics });
  });
  return app;
}
