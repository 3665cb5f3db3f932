import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.js';
import { tenantParams } from '../../schemas/common.js';
import { connectionPageRoutes } from './connection-routes.js';
import { deliveryFilters } from './delivery-filter.js';
import { deliveryPageRoutes } from './delivery-routes.js';
import { createSettingsLoader, type SettingsLoader } from './load.js';
import { SETTINGS_ROUTE } from './paths.js';
import { SettingsPage } from './settings-page.js';
import { contextOf } from './view.js';

export type SettingsDependencies = ApiDependencies & { loader: SettingsLoader };

const pageQuery = z.object({
  show: z.enum(deliveryFilters).default('all'),
  change: z.string().optional(),
});

/** Settings › Integrations › SuperOffice of one tenant. */
export const settingsRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, dependencies) => {
  const loader = createSettingsLoader(dependencies);
  await app.register(connectionPageRoutes, { ...dependencies, loader });
  await app.register(deliveryPageRoutes, { ...dependencies, loader });

  app.get(
    SETTINGS_ROUTE,
    { schema: { hide: true, params: tenantParams, querystring: pageQuery } },
    async (request) => {
      const { show: filter, change } = request.query;
      const context = contextOf(request);
      const [view, list] = await Promise.all([loader.connection(context), loader.list(context, { filter })]);
      return <SettingsPage view={{ ...view, isEditing: change !== undefined }} list={list} />;
    },
  );
};
