import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { SealedConnection } from '../../domain/connection.js';
import { connectionInputSchema } from '../../domain/connection-input.js';
import { diagnosisOf } from '../../domain/diagnosis.js';
import { ConnectionRefusedError } from '../../domain/errors.js';
import { connectTenant, disconnectTenant, setConnectionEnabled } from '../connection-operations.js';
import type { ApiDependencies } from '../dependencies.js';
import { notConnected } from '../not-connected.js';
import { problemResponses, tenantParams } from '../schemas/common.js';
import {
  connectingSchema,
  connectionPatch,
  connectionSchema,
  connectionView,
  disconnectedSchema,
  disconnectingSchema,
} from '../schemas/connections.js';

const path = '/v1/tenants/:tenantId/connections/superoffice';

/** A tenant's link to SuperOffice. Its secrets are sealed before anything else sees them, and never shown again. */
export const connectionRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
  const { connections, superOfficeDomain } = options;

  /** @throws NotFoundError */
  async function find(tenantId: string): Promise<SealedConnection> {
    return connections.find(tenantId).then((connection) => connection ?? notConnected(tenantId));
  }

  app.put(
    path,
    {
      schema: {
        operationId: 'connect',
        tags: ['Connections'],
        summary: 'Connect a tenant to SuperOffice',
        description:
          'Takes the place of an earlier connection once SuperOffice knows the customer, and starts everything parked again. Token and signing secret are kept sealed and never returned.',
        params: tenantParams,
        body: connectionInputSchema(superOfficeDomain),
        response: {
          200: connectionSchema.describe('Connected.'),
          202: connectingSchema.describe('It takes longer, and goes on; GET tells when it stands.'),
          ...problemResponses('conflict', 'connection-refused'),
        },
      },
    },
    async (request, reply) => {
      const { tenantId } = request.params;
      const outcome = await connectTenant(options, request.log, tenantId, request.body);
      if (outcome === undefined) return reply.code(202).send({ state: 'connecting' });
      if (outcome.state === 'refused') {
        throw new ConnectionRefusedError(outcome.code, diagnosisOf(outcome.code));
      }
      return reply.code(200).send(connectionView(await find(tenantId), outcome.notice));
    },
  );

  app.get(
    path,
    {
      schema: {
        operationId: 'getConnection',
        tags: ['Connections'],
        summary: 'The connection, without its token',
        params: tenantParams,
        response: { 200: connectionSchema.describe('The connection.'), ...problemResponses('not-found') },
      },
    },
    async (request) => connectionView(await find(request.params.tenantId)),
  );

  app.patch(
    path,
    {
      schema: {
        operationId: 'pauseOrResume',
        tags: ['Connections'],
        summary: 'Pause or resume the sync, without forgetting the credentials',
        description:
          'While paused, summaries are skipped. A resume starts everything parked again; repeating one is safe.',
        params: tenantParams,
        body: connectionPatch,
        response: {
          200: connectionSchema.describe('The connection, as it is now.'),
          ...problemResponses('not-found'),
        },
      },
    },
    async (request) => {
      const { tenantId } = request.params;
      const { enabled } = request.body;
      return connectionView(await setConnectionEnabled(options, request.log, tenantId, enabled));
    },
  );

  app.delete(
    path,
    {
      schema: {
        operationId: 'disconnect',
        tags: ['Connections'],
        summary: 'Disconnect a tenant from SuperOffice',
        description:
          'Erases the token, and cancels the deliveries that are under way or parked. What is in SuperOffice already stays there.',
        params: tenantParams,
        response: {
          200: disconnectedSchema.describe('Disconnected.'),
          202: disconnectingSchema.describe('It takes longer, and goes on.'),
          ...problemResponses('not-found', 'conflict'),
        },
      },
    },
    async (request, reply) => {
      const { tenantId } = request.params;
      const outcome = await disconnectTenant(options, request.log, tenantId);
      return outcome ? reply.code(200).send(outcome) : reply.code(202).send({ state: 'disconnecting' });
    },
  );

  done();
};
