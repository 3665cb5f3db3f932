import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { connectTenant, disconnectTenant, setConnectionEnabled } from '../../connection-operations.js';
import { tenantParams } from '../../schemas/common.js';
import { testDiagnosisIn } from '../i18n/diagnosis.js';
import { wantsFragment } from '../page-context.js';
import { connectFormSchema, readConnectForm } from './connect-form-entries.js';
import { ConnectionPanel } from './connection-panel.js';
import { Health, healthDigest } from './health.js';
import type { SettingsLoader } from './load.js';
import { SETTINGS_ROUTE } from './paths.js';
import type { SettingsDependencies } from './routes.js';
import { SettingsPage } from './settings-page.js';
import { TestPanel } from './test-panel.js';
import { type ConnectionView, contextOf } from './view.js';

const seenQuery = z.object({ seen: z.string().max(200).optional() });
const panelQuery = z.object({ change: z.string().optional(), connecting: z.coerce.number().optional() });

/** How long a connect may take before the form is offered again, in milliseconds. */
const CONNECT_PATIENCE_MS = 2 * 60_000;

const route = SETTINGS_ROUTE;

/** What an admin does about the connection: another face of the operations of the API. */
export const connectionPageRoutes: FastifyPluginCallbackZod<SettingsDependencies> = (app, options, done) => {
  const { superOfficeDomain, connectionChanges, connections, loader } = options;
  const hidden = { hide: true, params: tenantParams };

  app.get(`${route}/connection`, { schema: { ...hidden, querystring: panelQuery } }, async (request) => {
    const { change, connecting } = request.query;
    const view = await loader.connection(contextOf(request));
    const isPatient = connecting !== undefined && Date.now() - connecting < CONNECT_PATIENCE_MS;
    const connectingSince = isPatient && !view.connection ? connecting : undefined;
    return answer(request, loader, {
      ...view,
      isEditing: change !== undefined,
      connectingSince,
      isChanged: connectingSince === undefined,
    });
  });

  app.post(
    `${route}/connection`,
    { schema: { ...hidden, body: connectFormSchema } },
    async (request, reply) => {
      const context = contextOf(request);
      const { messages } = context.page;
      const { settings } = messages;
      const form = readConnectForm(request.body, superOfficeDomain);
      if ('problems' in form) {
        void reply.code(422);
        return answer(request, loader, { ...(await loader.connection(context)), ...form, isEditing: true });
      }
      const outcome = await connectTenant(options, request.log, context.session.tenantId, form.input);
      const view = await loader.connection(context);
      if (outcome === undefined) return answer(request, loader, { ...view, connectingSince: Date.now() });
      if (outcome.state === 'refused') {
        const { cause, remedy } = testDiagnosisIn(messages, outcome.code);
        void reply.code(422);
        return answer(request, loader, {
          ...view,
          entries: form.entries,
          isEditing: true,
          isChanged: true,
          told: { tone: 'bad', title: settings.refused, detail: `${cause} ${remedy}` },
        });
      }
      const notice = outcome.notice && messages.diagnoses.notice[outcome.notice];
      return answer(request, loader, {
        ...view,
        isChanged: true,
        told: notice
          ? { tone: 'warn', title: notice.cause, detail: notice.remedy }
          : { tone: 'good', title: settings.told.connected },
      });
    },
  );

  for (const verb of ['pause', 'resume'] as const) {
    app.post(`${route}/${verb}`, { schema: hidden }, async (request) => {
      const context = contextOf(request);
      await setConnectionEnabled(options, request.log, context.session.tenantId, verb === 'resume');
      const { told } = context.page.messages.settings;
      return answer(request, loader, {
        ...(await loader.connection(context)),
        isChanged: true,
        ...(verb === 'resume' && { told: { tone: 'good', title: told.resumed } }),
      });
    });
  }

  app.post(`${route}/disconnect`, { schema: hidden }, async (request) => {
    const context = contextOf(request);
    const outcome = await disconnectTenant(options, request.log, context.session.tenantId);
    const { told } = context.page.messages.settings;
    return answer(request, loader, {
      ...(await loader.connection(context)),
      isChanged: true,
      told: {
        tone: 'info',
        title: outcome ? told.disconnected(outcome.cancelledDeliveries) : told.disconnecting,
      },
    });
  });

  app.get(`${route}/health`, { schema: { ...hidden, querystring: seenQuery } }, async (request, reply) => {
    const context = contextOf(request);
    const connection = await connections.find(context.session.tenantId);
    if (request.query.seen === healthDigest(connection)) return reply.code(204).send();
    return <Health {...context} connection={connection} />;
  });

  app.post(`${route}/test`, { schema: hidden }, async (request) => {
    const context = contextOf(request);
    await connectionChanges.startTest(context.session.tenantId);
    request.log.info({ tenantId: context.session.tenantId }, 'test requested');
    const view = await loader.connection(context);
    return wantsFragment(request) ? <TestPanel {...view} isNews /> : answer(request, loader, view);
  });

  app.get(`${route}/test`, { schema: { ...hidden, querystring: seenQuery } }, async (request, reply) => {
    const view = await loader.connection(contextOf(request));
    const isSame = view.test?.state === 'running' && request.query.seen === view.test.passed.join();
    if (isSame) return reply.code(204).send();
    return <TestPanel {...view} isNews />;
  });

  done();
};

/** The part that changed for htmx, the whole page otherwise. */
async function answer(request: FastifyRequest, loader: SettingsLoader, view: ConnectionView) {
  if (wantsFragment(request)) return <ConnectionPanel {...view} />;
  return <SettingsPage view={view} list={await loader.list(contextOf(request), { filter: 'all' })} />;
}
