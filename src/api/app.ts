import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { ApiToken } from '../domain/api-token.js';
import type { KeyRing } from '../domain/key-ring.js';
import type { ApiDependencies } from './dependencies.js';
import { pages } from './pages/index.js';
import type { PageSettings } from './pages/page-settings.js';
import { createSessionTokens } from './pages/session/sessions.js';
import { requireToken } from './plugins/authentication.js';
import { requireTokenOrSession } from './plugins/staff-authentication.js';
import { errorHandler, frameworkErrorHandler } from './plugins/error-handler.js';
import { openapi } from './plugins/openapi.js';
import { requestMetrics } from './plugins/request-metrics.js';
import { tracing } from './plugins/tracing.js';
import { unknownAddresses } from './plugins/unknown-addresses.js';
import { allowTemporalUi, codecRoutes } from './routes/codec.js';
import { connectionRoutes } from './routes/connections.js';
import { dciHookRoutes } from './routes/dci-hooks.js';
import { dciWebhookRoute } from './routes/dci-webhook.js';
import { deliveryRoutes } from './routes/deliveries.js';
import { connectionTestRoutes } from './routes/connection-test.js';
import { documentRoute, healthRoutes, metricsRoute } from './routes/operations.js';
import { portalLinkRoutes } from './routes/portal-links.js';
import { overviewRoutes } from './routes/overview.js';
import { referenceRoute } from './routes/reference.js';
import { summaryRoutes } from './routes/summaries.js';
import { tenantRoutes } from './routes/tenants.js';

/** A summary has about 10 KB; its longest allowed form has a few hundred. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Longer than any address: an id that is too long is refused by its schema, with a word, instead of not being found. */
const MAX_PARAM_LENGTH = 16_384;
/** In milliseconds. */
const DEFAULT_CLIENT_TIMEOUTS: ClientTimeouts = { requestMs: 30_000, idleMs: 120_000 };
/** How often slow clients are looked for within the time that a request may take. Node itself does it twice a minute. */
const CHECKS_IN_REQUEST_TIME = 10;

/** How long clients may take before they are cut off, in milliseconds. */
export interface ClientTimeouts {
  /** To send a request, headers and body. */
  requestMs: number;
  /** Without sending or taking anything, also of an answer: longer than any answer is waited for. */
  idleMs: number;
}

export interface AppOptions extends ApiDependencies {
  tokens: readonly ApiToken[];
  /** For one client address. */
  requestsPerMinute: number;
  /** So many reverse proxies are in front, whose `X-Forwarded-…` is believed; false: none. */
  trustProxy: number | false;
  clientTimeouts?: ClientTimeouts;
  pages: PageSettings;
  /** Those that seal token keys; sessions of pages are signed by keys derived from them. */
  sealingKeys: KeyRing;
  logger: FastifyBaseLogger;
}

/** The HTTP API, ready to listen. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const {
    tokens,
    requestsPerMinute,
    trustProxy,
    clientTimeouts = DEFAULT_CLIENT_TIMEOUTS,
    pages: pageSettings,
    sealingKeys,
    logger,
    ...dependencies
  } = options;
  const sessionTokens = createSessionTokens(sealingKeys);
  const app = fastify({
    loggerInstance: logger,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: clientTimeouts.requestMs,
    connectionTimeout: clientTimeouts.idleMs,
    http: {
      // Node takes the longer of the two for the body: left at its minute, a request would have as long.
      requestTimeout: clientTimeouts.requestMs,
      headersTimeout: clientTimeouts.requestMs,
      connectionsCheckingInterval: clientTimeouts.requestMs / CHECKS_IN_REQUEST_TIME,
    },
    // What is asked for on a kept connection while the process ends is answered like anything else: all that it needs is closed later.
    return503OnClosing: false,
    trustProxy: trustProxy === false ? false : (_address, hop) => hop < trustProxy,
    frameworkErrors: frameworkErrorHandler,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // One line for each thing that happened, written by the routes, in place of two for each request.
    logController: new LogController({ disableRequestLogging: true }),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  await app.register(tracing);
  await app.register(requestMetrics, dependencies.metrics);
  await app.register(rateLimit, { global: false, max: requestsPerMinute, timeWindow: '1 minute' });
  await app.register(errorHandler);
  await app.register(unknownAddresses);
  await app.register(openapi);
  await app.register(healthRoutes, dependencies);
  await app.register(async (scope) => {
    // Before the token is looked at: whoever tries tokens is slowed down as well.
    scope.addHook('onRequest', scope.rateLimit());
    requireToken(scope, tokens);
    await scope.register(summaryRoutes, dependencies);
    await scope.register(connectionRoutes, dependencies);
    await scope.register(connectionTestRoutes, dependencies);
    await scope.register(tenantRoutes, dependencies);
    await scope.register(deliveryRoutes, dependencies);
    await scope.register(dciHookRoutes, dependencies);
    await scope.register(portalLinkRoutes, { pages: pageSettings, sessionTokens });
    await scope.register(overviewRoutes, dependencies);
    await scope.register(metricsRoute, dependencies);
  });
  await app.register(
    async (scope) => {
      await allowTemporalUi(scope, dependencies.temporalUi?.origin);
      scope.addHook('onRequest', scope.rateLimit());
      await requireTokenOrSession(scope, tokens, sessionTokens);
      await scope.register(codecRoutes, dependencies);
    },
    { prefix: '/codec' },
  );
  await app.register(async (scope) => {
    scope.addHook('onRequest', scope.rateLimit());
    await scope.register(documentRoute);
    await scope.register(referenceRoute);
    await scope.register(dciWebhookRoute, dependencies);
  });
  await pages(app, { dependencies, tokens, pages: pageSettings, sessionTokens });
  return app;
}
