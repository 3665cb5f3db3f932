import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { ApiDependencies } from '../dependencies.js';
import { problemResponses } from '../schemas/common.js';
import { batchSchema, overviewAnswerOf, overviewSchema, retryTroubleBody } from '../schemas/operations.js';

/** What operators see and do over all tenants. */
export const overviewRoutes: FastifyPluginCallbackZod<Pick<ApiDependencies, 'operations'>> = (
  app,
  { operations },
  done,
) => {
  app.get(
    '/v1/operations/overview',
    {
      schema: {
        operationId: 'getOverview',
        tags: ['Operators'],
        summary: 'How all tenants are: what is parked, what is slow, throughput, workers',
        description: 'Counts and short lists: it costs the same however many deliveries there are.',
        response: { 200: overviewSchema.describe('How they are.'), ...problemResponses() },
      },
    },
    async () => overviewAnswerOf(await operations.overview()),
  );

  app.post(
    '/v1/operations/retry',
    {
      schema: {
        operationId: 'retryTrouble',
        tags: ['Operators'],
        summary: 'Start everything again that is parked by one trouble, of all tenants',
        description:
          'Where the trouble lies in connections, a test call of each tenant goes first. A batch of Temporal does it in ' +
          'its own time, one batch at a time.',
        body: retryTroubleBody,
        response: {
          202: batchSchema.describe('What is being told to start again.'),
          ...problemResponses('conflict'),
        },
      },
    },
    async (request, reply) => {
      const { trouble } = request.body;
      const reach = await operations.retryAllParkedBy(trouble);
      request.log.info({ trouble, ...reach }, 'retry of all parked by a trouble requested');
      return reply.code(202).send(reach);
    },
  );

  done();
};
