import type { FastifyInstance } from 'fastify';
import type { ApiToken } from '../../domain/api-token.js';
import type { ApiDependencies } from '../dependencies.js';
import { serveAssets } from './assets.js';
import { operators } from './operators/index.js';
import { OPERATORS_PREFIX } from './operators/paths.js';
import { pageScope } from './page-scope.js';
import type { PageSettings } from './page-settings.js';
import { requireSession } from './session/require-session.js';
import type { SessionTokens } from './session/sessions.js';
import { openRoute } from './settings/open-route.js';
import { PORTAL_PREFIX } from './settings/paths.js';
import { settingsRoutes } from './settings/routes.js';

export interface PagesOptions {
  dependencies: ApiDependencies;
  /** Of staff. */
  tokens: readonly ApiToken[];
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
  await app.register((scope) => operators(scope, { ...options, asset }), { prefix: OPERATORS_PREFIX });
}
