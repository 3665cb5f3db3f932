import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cancelDelivery, resendDelivery, retryAllParked, retryDelivery } from '../../delivery-operations.js';
import { deliveryParams, tenantParams } from '../../schemas/common.js';
import { cursorSchema } from '../../schemas/deliveries.js';
import { wantsFragment } from '../page-context.js';
import { deliveryFilters } from './delivery-filter.js';
import { DeliveryList, listDigest } from './delivery-list.js';
import { DeliveryPage } from './delivery-page.js';
import { deliveryDigest, DeliverySection } from './delivery-section.js';
import { deliveryPath, SETTINGS_ROUTE, settingsPath } from './paths.js';
import type { SettingsDependencies } from './routes.js';
import { contextOf } from './view.js';

const seen = z.string().max(200).optional();
const listQuery = z.object({
  show: z.enum(deliveryFilters).default('all'),
  cursor: cursorSchema.optional(),
  seen,
});
const resendForm = z.object({ force: z.literal('true').optional() });

const route = `${SETTINGS_ROUTE}/deliveries`;

/** What became of the summaries, and what an admin does about them. */
export const deliveryPageRoutes: FastifyPluginCallbackZod<SettingsDependencies> = (app, options, done) => {
  const { loader } = options;
  const ofList = { hide: true, params: tenantParams, querystring: listQuery };
  const ofOne = { hide: true, params: deliveryParams };

  app.get(route, { schema: ofList }, async (request, reply) => {
    const { show: filter, cursor, seen: digest } = request.query;
    const view = await loader.list(contextOf(request), { filter, cursor });
    if (digest === listDigest(view)) return reply.code(204).send();
    return <DeliveryList {...view} />;
  });

  app.post(`${route}/retry`, { schema: ofList }, async (request, reply) => {
    const context = contextOf(request);
    const { tenantId } = context.session;
    const retried = await retryAllParked(options, request.log, tenantId);
    if (!wantsFragment(request)) return reply.redirect(settingsPath(tenantId), 303);
    const view = await loader.list(context, { filter: request.query.show });
    const told = context.page.messages.settings.deliveries.retried(retried);
    return <DeliveryList {...view} told={told} />;
  });

  app.get(
    `${route}/:deliveryId`,
    { schema: { ...ofOne, querystring: z.object({ seen }) } },
    async (request, reply) => {
      const view = await loader.delivery(contextOf(request), request.params.deliveryId);
      if (!wantsFragment(request)) return <DeliveryPage view={view} />;
      if (request.query.seen === deliveryDigest(view)) return reply.code(204).send();
      return <DeliverySection {...view} />;
    },
  );

  const verbs = {
    retry: (request: FastifyRequest, id: Ids) => retryDelivery(options, request.log, id),
    cancel: (request: FastifyRequest, id: Ids) => cancelDelivery(options, request.log, id),
    resend: (request: FastifyRequest, id: Ids) => {
      const { data } = resendForm.safeParse(request.body);
      return resendDelivery(options, request.log, id, { force: data?.force === 'true' });
    },
  };
  for (const verb of ['retry', 'cancel', 'resend'] as const) {
    app.post(`${route}/:deliveryId/${verb}`, { schema: ofOne }, async (request, reply) => {
      const context = contextOf(request);
      const { tenantId, deliveryId } = request.params;
      await verbs[verb](request, request.params);
      if (!wantsFragment(request)) return reply.redirect(deliveryPath(tenantId, deliveryId), 303);
      const view = await loader.delivery(context, deliveryId);
      return <DeliverySection {...view} told={context.page.messages.settings.delivery.told[verb]} />;
    });
  }

  done();
};

interface Ids {
  tenantId: string;
  deliveryId: string;
}
