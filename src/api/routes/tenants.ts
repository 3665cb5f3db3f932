import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { ApiDependencies } from '../dependencies.js';
import { problemResponses, tenantParams } from '../schemas/common.js';
import { deletedSchema, deletingSchema } from '../schemas/tenants.js';

/** All that the service knows of a tenant. */
export const tenantRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
  const { connectionChanges } = options;

  app.delete(
    '/v1/tenants/:tenantId',
    {
      schema: {
        operationId: 'deleteTenant',
        tags: ['Tenants'],
        summary: 'Forget a tenant: its connection, its deliveries, and all that is kept of them',
        description:
          'Cancels what is under way or parked, and deletes histories and data; Temporal may list some for a minute more. What is in SuperOffice already stays there. Deleting again is safe.',
        params: tenantParams,
        response: {
          200: deletedSchema.describe('Nothing is kept of the tenant.'),
          202: deletingSchema.describe('It takes longer, and goes on.'),
          ...problemResponses('conflict'),
        },
      },
    },
    async (request, reply) => {
      const { tenantId } = request.params;
      const outcome = await connectionChanges.deleteTenant(tenantId);
      request.log.info({ tenantId, ...outcome }, 'deletion of a tenant requested');
      return outcome ? reply.code(200).send(outcome) : reply.code(202).send({ state: 'deleting' });
    },
  );

  done();
};
