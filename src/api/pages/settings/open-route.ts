import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SessionOverError } from '../../../domain/errors.js';
import type { PageSettings } from '../page-settings.js';
import { beginSession } from '../session/require-session.js';
import type { SessionTokens } from '../session/sessions.js';
import { OPEN_ROUTE, settingsPath, TICKET_PARAMETER } from './paths.js';

const openQuery = z.object({ [TICKET_PARAMETER]: z.string().max(2_000).optional() });

/** Where a link leads: its ticket is exchanged for a session, and leaves the address. */
export const openRoute: FastifyPluginCallbackZod<{ pages: PageSettings; sessionTokens: SessionTokens }> = (
  app,
  { pages, sessionTokens },
  done,
) => {
  app.get(OPEN_ROUTE, { schema: { hide: true, querystring: openQuery } }, async (request, reply) => {
    const ticket = request.query[TICKET_PARAMETER];
    const grant = ticket === undefined ? undefined : await sessionTokens.tickets.verify(ticket);
    if (!grant) throw new SessionOverError('Open the page again.');
    const { tenantId, actor, readOnly } = grant;
    await beginSession(request, reply, { kind: 'tenant', ...grant }, sessionTokens, pages);
    request.log.info({ tenantId, actor, readOnly }, 'settings page opened');
    return reply.redirect(settingsPath(tenantId), 303);
  });

  done();
};
