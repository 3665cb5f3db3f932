import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { onlyProblems } from '../schemas/common.js';

const aliveSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Alive', examples: [{ status: 'ok' }] });

const dependencyState = z.enum(['up', 'away']);
const readinessSchema = z
  .object({ temporal: dependencyState, database: dependencyState })
  .meta({ id: 'Readiness', examples: [{ temporal: 'up', database: 'up' }] });

const metricsSchema = z.string().meta({
  examples: ['# TYPE dci_submissions_total counter\ndci_submissions_total{outcome="accepted"} 35\n'],
});

const documentSchema = z
  .looseObject({ openapi: z.string() })
  .describe('The document.')
  .meta({ examples: [{ openapi: '3.1.0' }] });

/** A dependency that is silent for so long is away, in milliseconds. */
const CHECK_TIMEOUT_MS = 3_000;

/** For load balancers and orchestrators, without a token: does the process live, can it take work? */
export const healthRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
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
      const [temporal, database] = await Promise.all([
        stateOf(options.checks.temporal),
        stateOf(options.checks.database),
      ]);
      return reply.code(temporal === 'up' && database === 'up' ? 200 : 503).send({ temporal, database });
    },
  );

  done();
};

/** For machines that watch. */
export const metricsRoute: FastifyPluginCallbackZod<ApiDependencies> = (app, { metrics }, done) => {
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

async function stateOf(check: () => Promise<void>): Promise<z.output<typeof dependencyState>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('late')), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), late]);
    return 'up';
  } catch {
    return 'away';
  } finally {
    clearTimeout(timer);
  }
}
