import type { FastifyInstance } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';

const dependencyState = z.enum(['up', 'away']);
const readinessSchema = z
  .object({ temporal: dependencyState, database: dependencyState })
  .meta({ id: 'Readiness' });

/** A dependency that is silent for so long is away, in milliseconds. */
const CHECK_TIMEOUT_MS = 3_000;

/** For load balancers and orchestrators, without a token: does the process live, can it take work? */
export const healthRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
  const security: [] = [];

  app.get(
    '/healthz',
    {
      schema: {
        summary: 'The process lives',
        security,
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    {
      schema: {
        summary: 'What the process depends on, and whether it is there',
        security,
        response: { 200: readinessSchema, 503: readinessSchema },
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

/** For machines that watch and for those who write clients. */
export function operationsRoutes(app: FastifyInstance, { metrics }: ApiDependencies): void {
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

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
