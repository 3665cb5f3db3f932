import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { ApiDependencies } from '../dependencies.js';
import { notConnected } from '../not-connected.js';
import { problemResponses, tenantParams } from '../schemas/common.js';
import { testingSchema, testReportSchema } from '../schemas/connection-test.js';

/** Test Integration: one real call, and what it found. */
export const connectionTestRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
  const { connectionChanges } = options;

  app.post(
    '/v1/tenants/:tenantId/connections/superoffice/test',
    {
      schema: {
        operationId: 'testConnection',
        tags: ['Connections'],
        summary: 'Test the connection with a real call',
        description:
          'The call goes the way of every delivery, and files nothing. A test that passes starts everything parked again.',
        params: tenantParams,
        response: {
          200: testReportSchema.describe('The test is over; "passed" tells how.'),
          202: testingSchema.describe('It takes longer; ask again to join it.'),
          ...problemResponses('not-found'),
        },
      },
    },
    async (request, reply) => {
      const { tenantId } = request.params;
      const ended = await connectionChanges.test(tenantId);
      if (!ended) return reply.code(202).send({ state: 'testing' });
      const report = ended.report ?? notConnected(tenantId);
      const { passed, latencyMs } = report;
      const code = report.checks.find(({ result }) => result === 'failed')?.code;
      request.log.info({ tenantId, passed, latencyMs, code }, 'connection tested');
      return reply.code(200).send(report);
    },
  );

  done();
};
