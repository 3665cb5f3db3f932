import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { deliveryIdOf } from '../../domain/delivery-id.js';
import type { SkipReason } from '../../domain/delivery.js';
import { hasText, summarySchema } from '../../domain/summary.js';
import type { ApiDependencies } from '../dependencies.js';
import { problemResponses, tenantParams } from '../schemas/common.js';
import { acceptedSchema, skippedSchema } from '../schemas/deliveries.js';

/** Takes summaries in. The start of the workflow is the commit point: 202 is answered only after it. */
export const summaryRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
  const { connections, deliveries, metrics } = options;

  app.post(
    '/v1/tenants/:tenantId/summaries',
    {
      schema: {
        summary: 'Deliver a meeting summary',
        description: 'The same summary always maps to the same delivery, however often it is sent.',
        params: tenantParams,
        body: summarySchema,
        response: {
          202: acceptedSchema.describe('Accepted: the delivery is durable from here on.'),
          200: z.union([acceptedSchema, skippedSchema]).describe('A duplicate, or nothing to push.'),
          ...problemResponses('body-too-large', 'unsupported-media-type'),
        },
      },
    },
    async (request, reply) => {
      const { tenantId } = request.params;
      const summary = request.body;
      const reason = hasText(summary) ? await skipReasonOf(tenantId) : 'no-summary';
      if (reason !== undefined) {
        metrics.submissions.inc({ outcome: 'skipped' });
        return reply.code(200).send({ state: 'skipped', reason });
      }

      const deliveryId = deliveryIdOf(tenantId, summary);
      const { duplicate } = await deliveries.start({ tenantId, deliveryId, summary });
      metrics.submissions.inc({ outcome: duplicate ? 'duplicate' : 'accepted' });
      request.log.info({ tenantId, deliveryId, duplicate }, 'summary accepted');
      return reply
        .code(duplicate ? 200 : 202)
        .header('location', `/v1/tenants/${tenantId}/deliveries/${deliveryId}`)
        .send({ deliveryId, state: 'accepted', duplicate });
    },
  );

  async function skipReasonOf(tenantId: string): Promise<SkipReason | undefined> {
    const connection = await connections.find(tenantId);
    if (!connection) return 'not-connected';
    return connection.enabled ? undefined : 'disabled';
  }

  done();
};
