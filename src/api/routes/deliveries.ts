import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { diagnosisOf } from '../../domain/diagnosis.js';
import type { DeliveryDetails } from '../../temporal/delivery-details.js';
import { cancelDelivery, resendDelivery, retryAllParked, retryDelivery } from '../delivery-operations.js';
import type { ApiDependencies } from '../dependencies.js';
import { deliveryParams, problemResponses, tenantParams } from '../schemas/common.js';
import {
  deliveryListSchema,
  deliverySchema,
  listQuery,
  requestedSchema,
  resendBody,
  retriedSchema,
} from '../schemas/deliveries.js';

/** What became of the summaries. */
export const deliveryRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
  const { deliveries } = options;

  app.get(
    '/v1/tenants/:tenantId/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        tags: ['Deliveries'],
        summary: 'List deliveries',
        description: 'Those under way first, then the ended ones; the newest of each first.',
        params: tenantParams,
        querystring: listQuery,
        response: { 200: deliveryListSchema.describe('One page.'), ...problemResponses() },
      },
    },
    async (request) => deliveries.list({ ...request.params, ...request.query }),
  );

  app.get(
    '/v1/tenants/:tenantId/deliveries/:deliveryId',
    {
      schema: {
        operationId: 'getDelivery',
        tags: ['Deliveries'],
        summary: 'One delivery: state, attempts, last failure, next attempt, result',
        params: deliveryParams,
        response: {
          200: deliverySchema.describe('The delivery.'),
          ...problemResponses('not-found', 'payload-unreadable'),
        },
      },
    },
    async (request) => {
      const { tenantId, deliveryId } = request.params;
      return viewOf(await deliveries.describe(tenantId, deliveryId));
    },
  );

  app.post(
    '/v1/tenants/:tenantId/deliveries/:deliveryId/retry',
    {
      schema: {
        operationId: 'retryDelivery',
        tags: ['Deliveries'],
        summary: 'Start a parked delivery again',
        params: deliveryParams,
        response: {
          202: requestedSchema.describe('It starts again at once.'),
          ...problemResponses('not-found', 'conflict', 'payload-unreadable'),
        },
      },
    },
    async (request, reply) => {
      await retryDelivery(options, request.log, request.params);
      return reply.code(202).send({ deliveryId: request.params.deliveryId });
    },
  );

  app.post(
    '/v1/tenants/:tenantId/deliveries/:deliveryId/cancel',
    {
      schema: {
        operationId: 'cancelDelivery',
        tags: ['Deliveries'],
        summary: 'End a delivery that is under way or parked',
        description: 'What is in SuperOffice already stays there.',
        params: deliveryParams,
        response: {
          202: requestedSchema.describe('It ends at once, or after the call that is under way.'),
          ...problemResponses('not-found', 'conflict', 'payload-unreadable'),
        },
      },
    },
    async (request, reply) => {
      await cancelDelivery(options, request.log, request.params);
      return reply.code(202).send({ deliveryId: request.params.deliveryId });
    },
  );

  app.post(
    '/v1/tenants/:tenantId/deliveries/:deliveryId/resend',
    {
      schema: {
        operationId: 'resendDelivery',
        tags: ['Deliveries'],
        summary: 'Send the summary of a delivery that has ended once more',
        description:
          'For one that matched nobody, once the contact exists; or for one that was cancelled or lost in SuperOffice. ' +
          'What SuperOffice has already is not filed twice, unless forced.',
        params: deliveryParams,
        body: resendBody,
        response: {
          202: requestedSchema.describe('It is on its way again.'),
          ...problemResponses('not-found', 'conflict', 'payload-unreadable'),
        },
      },
    },
    async (request, reply) => {
      await resendDelivery(options, request.log, request.params, { force: request.body?.force ?? false });
      return reply.code(202).send({ deliveryId: request.params.deliveryId });
    },
  );

  app.post(
    '/v1/tenants/:tenantId/deliveries/retry',
    {
      schema: {
        operationId: 'retryParkedDeliveries',
        tags: ['Deliveries'],
        summary: 'Start every parked delivery of the tenant again',
        description:
          'A few go first; the rest follow once these did not meet the trouble again. Where the tenant’s connection ' +
          'needs attention, a test call goes before all of them.',
        params: tenantParams,
        response: {
          202: retriedSchema.describe('They are on their way again, or will be after a test call.'),
          ...problemResponses(),
        },
      },
    },
    async (request, reply) => {
      const retried = await retryAllParked(options, request.log, request.params.tenantId);
      return reply.code(202).send({ retried });
    },
  );

  done();
};

function viewOf({ lastFailure, receipt, ...details }: DeliveryDetails) {
  return {
    ...details,
    ...(lastFailure && {
      lastFailure: { ...lastFailure, ...diagnosisOf(lastFailure.lastCode ?? lastFailure.code) },
    }),
    ...receipt,
  };
}
