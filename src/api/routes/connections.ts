import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { connectionInputSchema } from '../../domain/connection.js';
import { NotFoundError } from '../../domain/errors.js';
import type { ApiDependencies } from '../dependencies.js';
import { problemResponses, tenantParams } from '../schemas/common.js';
import { connectionSchema, connectionView } from '../schemas/connections.js';

const path = '/v1/tenants/:tenantId/connections/superoffice';

/** A tenant's link to SuperOffice. The token is sealed before anything else sees it, and never shown again. */
export const connectionRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
  const { connections, sealing } = options;

  app.put(
    path,
    {
      schema: {
        summary: 'Connect a tenant to SuperOffice',
        description:
          'Takes the place of an earlier connection at once. The token is kept sealed and never returned.',
        params: tenantParams,
        body: connectionInputSchema,
        response: {
          200: connectionSchema,
          ...problemResponses('body-too-large', 'unsupported-media-type'),
        },
      },
    },
    async (request) => {
      const { tenantId } = request.params;
      const { token, ...settings } = request.body;
      const sealedToken = await sealing.seal(tenantId, token);
      const connection = await connections.save({
        tenantId,
        ...settings,
        sealedToken,
        enabled: true,
        endpoint: null,
      });
      request.log.info({ tenantId, customerInstance: settings.customerInstance }, 'connection saved');
      return connectionView(connection);
    },
  );

  app.get(
    path,
    {
      schema: {
        summary: 'The connection, without its token',
        params: tenantParams,
        response: { 200: connectionSchema, ...problemResponses('not-found') },
      },
    },
    async (request) => {
      const { tenantId } = request.params;
      const connection = await connections.find(tenantId);
      if (!connection) {
        throw new NotFoundError(`Tenant "${tenantId}" is not connected to SuperOffice; connect it with PUT.`);
      }
      return connectionView(connection);
    },
  );

  done();
};
