import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ConflictError } from '../../../domain/errors.js';
import type { ApiDependencies } from '../../dependencies.js';
import { retryTroubleBody } from '../../schemas/operations.js';
import { tenantParams } from '../../schemas/common.js';
import { Alert, type Tone } from '../components/alert.js';
import { wantsFragment } from '../page-context.js';
import { type PageSettings, publicOriginOf } from '../page-settings.js';
import { sessionOfKind } from '../session/require-session.js';
import type { SessionTokens } from '../session/sessions.js';
import { OPEN_PATH, TICKET_PARAMETER } from '../settings/paths.js';
import { OverviewPage } from './overview-page.js';
import { Overview } from './overview.js';
import {
  OPEN_SETTINGS_ROUTE,
  operatorsPath,
  OVERVIEW_ROUTE,
  RETRY_TENANT_ROUTE,
  RETRY_TROUBLE_ROUTE,
} from './paths.js';

const HTML = 'text/html; charset=utf-8';

export interface OperatorsOptions {
  dependencies: ApiDependencies;
  pages: PageSettings;
  sessionTokens: SessionTokens;
}

/** The operators' view over all tenants, for those who are signed in. */
export const operatorsRoutes: FastifyPluginCallbackZod<OperatorsOptions> = (app, options, done) => {
  const { dependencies, pages, sessionTokens } = options;
  const { operations, deliveries, recovery, temporalUi } = dependencies;

  app.get('/', { schema: { hide: true } }, async (request, reply) =>
    reply
      .type(HTML)
      .send(
        <OverviewPage
          page={request.page}
          session={sessionOfKind(request, 'staff')}
          overview={await operations.overview()}
          temporalUi={temporalUi}
          codecUrl={`${publicOriginOf(request, pages)}/codec`}
        />,
      ),
  );

  app.get(OVERVIEW_ROUTE, { schema: { hide: true } }, async (request, reply) => {
    const { csrfToken } = sessionOfKind(request, 'staff');
    const overview = await operations.overview();
    return reply
      .type(HTML)
      .send(<Overview overview={overview} temporalUi={temporalUi} csrfToken={csrfToken} />);
  });

  app.post(RETRY_TENANT_ROUTE, { schema: { hide: true, params: tenantParams } }, async (request, reply) => {
    const { tenantId } = request.params;
    const retried = await deliveries.countParked(tenantId);
    if (retried > 0) await recovery.mended(tenantId, 'all');
    request.log.info({ tenantId, retried }, 'retry of all parked requested');
    return retried === 0
      ? tell(request, reply, 'info', `Nothing is parked of ${tenantId} any more.`)
      : tell(
          request,
          reply,
          'good',
          `Starting again: ${counted(retried, 'delivery', 'deliveries')} of ${tenantId}.`,
          'A test call first where the connection is in trouble; then a few, then the rest.',
        );
  });

  app.post(
    RETRY_TROUBLE_ROUTE,
    { schema: { hide: true, params: retryTroubleBody } },
    async (request, reply) => {
      const { trouble } = request.params;
      try {
        const reach = await operations.retryAllParkedBy(trouble);
        request.log.info({ trouble, ...reach }, 'retry of all parked by a trouble requested');
        const { recoveries } = reach;
        if (recoveries > 0) {
          const tenants = counted(recoveries, 'tenant', 'tenants');
          return await tell(
            request,
            reply,
            'good',
            `A test call of ${tenants} is made; what passes starts again, and so does what others have parked by it.`,
          );
        }
        if (reach.deliveries === 0)
          return await tell(request, reply, 'info', `Nothing is parked by ${trouble} any more.`);
        return await tell(
          request,
          reply,
          'good',
          `Starting again: ${counted(reach.deliveries, 'delivery', 'deliveries')}.`,
        );
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        return tell(request, reply, 'warn', 'Not now.', error.message);
      }
    },
  );

  // By a link of its own: a tenant's page takes sessions of that tenant alone.
  app.post(
    OPEN_SETTINGS_ROUTE,
    { schema: { hide: true, body: tenantParams.extend({ _csrf: z.string().optional() }) } },
    async (request, reply) => {
      const { name } = sessionOfKind(request, 'staff');
      const { tenantId } = request.body;
      const expiresAt = new Date(Date.now() + pages.linkValidMs);
      const ticket = await sessionTokens.tickets.sign({ tenantId, actor: name, readOnly: false }, expiresAt);
      return reply.redirect(`${OPEN_PATH}?${TICKET_PARAMETER}=${encodeURIComponent(ticket)}`, 303);
    },
  );

  done();
};

/** Tells what an action did: on the page that asked; without htmx the page is shown anew. */
async function tell(
  request: FastifyRequest,
  reply: FastifyReply,
  tone: Tone,
  title: string,
  detail?: string,
): Promise<FastifyReply> {
  if (!wantsFragment(request)) return reply.redirect(operatorsPath(), 303);
  return reply.type(HTML).send(<Alert tone={tone} title={title} {...(detail !== undefined && { detail })} />);
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
