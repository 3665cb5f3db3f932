import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { ApiDependencies } from '../../dependencies.js';
import { tenantParams } from '../../schemas/common.js';
import { sessionOfKind } from '../session/require-session.js';
import { SETTINGS_ROUTE } from './paths.js';
import { SettingsPage } from './settings-page.js';

/** Settings › Integrations › SuperOffice of one tenant. */
export const settingsRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, { connections }, done) => {
  app.get(SETTINGS_ROUTE, { schema: { hide: true, params: tenantParams } }, async (request, reply) => {
    const session = sessionOfKind(request, 'tenant');
    const connection = await connections.find(session.tenantId);
    return reply
      .type('text/html; charset=utf-8')
      .send(<SettingsPage page={request.page} session={session} connection={connection} />);
  });

  done();
};
