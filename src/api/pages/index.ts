import type { FastifyInstance } from 'fastify';
import type { ApiDependencies } from '../dependencies.js';
import { serveAssets } from './assets.js';
import { pageScope } from './page-scope.js';
import type { PageSettings } from './page-settings.js';
import { requireSession } from './session/require-session.js';
import type { SessionTokens } from './session/sessions.js';
import { openRoute } from './settings/open-route.js';
import { PORTAL_PREFIX } from './settings/paths.js';
import { settingsRoutes } from './settings/routes.js';

export interface PagesOptions {
  dependencies: ApiDependencies;
  pages: PageSettings;
  sessionTokens: SessionTokens;
}

/** The pages for people, beside the API for programs. */
export async function pages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  const { dependencies, pages: settings, sessionTokens } = options;
  const asset = serveAssets(app);
  await app.register(
    async (portal) => {
      await pageScope(portal, settings, asset);
      await portal.register(openRoute, options);
      await portal.register(async (scope) => {
        requireSession(scope, 'tenant', sessionTokens, asset);
        await scope.register(settingsRoutes, dependencies);
      });
    },
    { prefix: PORTAL_PREFIX },
  );
}
