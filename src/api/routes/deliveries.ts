import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { diagnosisOf } from '../../domain/diagnosis.js';
import type { DeliveryDetails } from '../../temporal/deliveries.js';
import type { ApiDependencies } from '../dependencies.js';
import { deliveryParams, problemResponses, tenantParams } from '../schemas/common.js';
import { deliveryListSchema, deliverySchema, listQuery } from '../schemas/deliveries.js';

/** What became of the summaries. */
export const deliveryRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
  const { deliveries } = options;

  app.get(
    '/v1/tenants/:tenantId/deliveries',
    {
      schema: {
        summary: 'List deliveries',
        description: 'Those under way first, then the ended ones; the newest of each first.',
        params: tenantParams,
        querystring: listQuery,
        response: { 200: deliveryListSchema, ...problemResponses() },
      },
    },
    async (request) => deliveries.list({ ...request.params, ...request.query }),
  );

  app.get(
    '/v1/tenants/:tenantId/deliveries/:deliveryId',
    {
      schema: {
        summary: 'One delivery: state, attempts, last failure, next attempt, result',
        params: deliveryParams,
        response: { 200: deliverySchema, ...problemResponses('not-found') },
      },
    },
    async (request) => {
      const { tenantId, deliveryId } = request.params;
      return viewOf(await deliveries.describe(tenantId, deliveryId));
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
