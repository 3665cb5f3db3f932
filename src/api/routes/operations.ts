import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { MetricsText } from '../metrics.js';
import { isReady, type ReadinessChecks, readinessOf, readinessSchema } from '../readiness.js';
import { onlyProblems } from '../schemas/common.js';

const aliveSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Alive', examples: [{ status: 'ok' }] });

const metricsSchema = z.string().meta({
  examples: [
    '# TYPE dci_superoffice_submissions_total counter\ndci_superoffice_submissions_total{outcome="accepted"} 35\n',
  ],
});

const documentSchema = z
  .looseObject({ openapi: z.string() })
  .describe('The document.')
  .meta({ examples: [{ openapi: '3.1.0' }] });

/** For load balancers and orchestrators, without a token: does the process live, can it take work? */
export const healthRoutes: FastifyPluginCallbackZod<{ checks: ReadinessChecks }> = (app, options, done) => {
  const security: [] = [];

  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'isAlive',
        tags: ['Operations'],
        summary: 'The process lives',
        security,
        response: { 200: aliveSchema.describe('It lives.'), ...onlyProblems('internal') },
      },
    },
    () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'isReady',
        tags: ['Operations'],
        summary: 'What the process depends on, and whether it is there',
        security,
        response: {
          200: readinessSchema.describe('It can take work.'),
          503: readinessSchema.describe('It can’t take work: what is "away" is away.'),
          ...onlyProblems('internal'),
        },
      },
    },
    async (_request, reply) => {
      const readiness = await readinessOf(options.checks);
      return reply.code(isReady(readiness) ? 200 : 503).send(readiness);
    },
  );

  done();
};

/** For machines that watch. */
export const metricsRoute: FastifyPluginCallbackZod<{ metrics: MetricsText }> = (app, { metrics }, done) => {
  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'getMetrics',
        tags: ['Operations'],
        summary: 'Metrics of this process, in Prometheus’ text format',
        response: {
          200: {
            description: 'One sample a line.',
            content: { 'text/plain': { schema: metricsSchema } },
          },
          ...onlyProblems('unauthorized', 'too-many-requests', 'internal'),
        },
      },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  );

  done();
};

/** For those who write clients. Without a token: it describes every installation, and tells of none. */
export const documentRoute: FastifyPluginCallbackZod = (app, _options, done) => {
  app.get(
    '/openapi.json',
    {
      schema: {
        operationId: 'getOpenApiDocument',
        tags: ['Operations'],
        summary: 'This document',
        security: [],
        response: { 200: documentSchema, ...onlyProblems('too-many-requests', 'internal') },
      },
    },
    () => app.swagger() as z.output<typeof documentSchema>,
  );

  done();
};
