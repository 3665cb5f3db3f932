import type { FastifyInstance } from 'fastify';
import type { ApiToken } from '../../../domain/api-token.js';
import type { AssetUrl } from '../assets.js';
import { messagesIn } from '../i18n/messages.js';
import { wantsFragment } from '../page-context.js';
import { pageScope } from '../page-scope.js';
import { requireSession } from '../session/require-session.js';
import { staffSessionIn } from '../session/staff.js';
import { cookieOf } from '../session/sessions.js';
import { operatorsPath, SIGN_IN_ROUTE, SIGN_OUT_ROUTE } from './paths.js';
import { operatorsRoutes, type OperatorsOptions } from './routes.js';
import { signInRoutes } from './sign-in-routes.js';

/** The operators' pages, in English. */
export async function operators(
  app: FastifyInstance,
  options: OperatorsOptions & { tokens: readonly ApiToken[]; asset: AssetUrl },
): Promise<void> {
  const { tokens, sessionTokens, asset } = options;
  // Nobody shows these in a frame.
  const pages = { ...options.pages, embedOrigins: [] };
  await pageScope(app, pages, asset);
  app.addHook('onRequest', (request, _reply, done) => {
    request.page = { ...request.page, language: 'en', messages: messagesIn('en') };
    done();
  });
  await app.register(signInRoutes, { ...options, pages });
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      if (await staffSessionIn(request, sessionTokens, tokens)) return;
      const signIn = operatorsPath(SIGN_IN_ROUTE);
      // What htmx asks for would else be put into the page.
      if (wantsFragment(request)) return reply.header('hx-redirect', signIn).code(204).send();
      return reply.redirect(signIn, 303);
    });
    requireSession(scope, 'staff', sessionTokens, asset);
    await scope.register(operatorsRoutes, { ...options, pages });
    scope.post(SIGN_OUT_ROUTE, { schema: { hide: true } }, (_request, reply) => {
      const { name, path } = cookieOf({ kind: 'staff' });
      return reply.clearCookie(name, { path }).redirect(operatorsPath(SIGN_IN_ROUTE), 303);
    });
  });
}
