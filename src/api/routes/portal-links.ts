import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { type PageSettings, publicOriginOf } from '../pages/page-settings.js';
import { OPEN_PATH, TICKET_PARAMETER } from '../pages/settings/paths.js';
import type { SessionTokens } from '../pages/session/sessions.js';
import { problemResponses, tenantParams } from '../schemas/common.js';
import { portalLinkBody, portalLinkSchema } from '../schemas/portal-links.js';

/** Links by which DCI lets an admin into the settings page of one tenant. */
export const portalLinkRoutes: FastifyPluginCallbackZod<{
  pages: PageSettings;
  sessionTokens: SessionTokens;
}> = (app, { pages, sessionTokens }, done) => {
  app.post(
    '/v1/tenants/:tenantId/portal-links',
    {
      schema: {
        operationId: 'createPortalLink',
        tags: ['Settings page'],
        summary: 'A link to the settings page of a tenant',
        description:
          'Opens Settings › Integrations › SuperOffice for an admin of this tenant, without a sign-in. It is good for a few minutes; make a new one each time the page is opened.',
        params: tenantParams,
        body: portalLinkBody,
        response: {
          201: portalLinkSchema.describe('Open it in the admin’s browser, at once.'),
          ...problemResponses(),
        },
      },
    },
    async (request, reply) => {
      const { tenantId } = request.params;
      const { readOnly = false, ...given } = request.body ?? {};
      const expiresAt = new Date(Date.now() + pages.linkValidMs);
      const ticket = await sessionTokens.tickets.sign({ tenantId, readOnly, ...given }, expiresAt);
      const url = new URL(OPEN_PATH, publicOriginOf(request, pages));
      url.searchParams.set(TICKET_PARAMETER, ticket);
      request.log.info({ tenantId, actor: given.actor, readOnly }, 'portal link made');
      return reply.code(201).send({ url: url.href, expiresAt });
    },
  );

  done();
};
