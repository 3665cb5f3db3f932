import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { ApiDependencies } from '../dependencies.js';
import { problemResponses, tenantParams } from '../schemas/common.js';
import { acceptedSchema, beyondSubmission, submissionSchema, summaryBody } from '../schemas/summaries.js';
import { locationOf, statusOf, submitSummary } from '../submit-summary.js';

/** Takes summaries in. The start of the workflow is the commit point: 202 is answered only after it. */
export const summaryRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
  app.post(
    '/v1/tenants/:tenantId/summaries',
    {
      schema: {
        operationId: 'submitSummary',
        tags: ['Summaries'],
        summary: 'Deliver a meeting summary',
        description: 'The same summary always maps to the same delivery, however often it is sent.',
        'x-responses': { 200: beyondSubmission, 202: beyondSubmission },
        params: tenantParams,
        body: summaryBody,
        response: {
          202: acceptedSchema.describe('Accepted: the delivery is durable from here on.'),
          200: submissionSchema.describe('A duplicate, or nothing to push.'),
          ...problemResponses(),
        },
      },
    },
    async (request, reply) => {
      const { tenantId } = request.params;
      const submission = await submitSummary(options, request.log, { tenantId, summary: request.body });
      return reply.code(statusOf(submission)).headers(locationOf(tenantId, submission)).send(submission);
    },
  );

  done();
};
