import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type ApiToken, findToken, fingerprintOf } from '../../../domain/api-token.js';
import type { PageSettings } from '../page-settings.js';
import { beginSession } from '../session/require-session.js';
import type { SessionTokens } from '../session/sessions.js';
import { operatorsPath, SIGN_IN_ROUTE } from './paths.js';
import { SignInPage } from './sign-in-page.js';

/** Of one client address; whoever guesses is slowed down more than whoever mistypes. */
const ATTEMPTS_PER_MINUTE = 10;

const signInBody = z.object({ token: z.string().max(1_000) });

/** Begins a session of staff for whoever shows a token of the API. */
export const signInRoutes: FastifyPluginCallbackZod<{
  tokens: readonly ApiToken[];
  pages: PageSettings;
  sessionTokens: SessionTokens;
}> = (app, { tokens, pages, sessionTokens }, done) => {
  app.get(SIGN_IN_ROUTE, { schema: { hide: true } }, (request, reply) =>
    reply.type('text/html; charset=utf-8').send(<SignInPage page={request.page} />),
  );

  const limitOf = app.createRateLimit({ max: ATTEMPTS_PER_MINUTE, timeWindow: '1 minute' });
  const refuse = (request: FastifyRequest, reply: FastifyReply, status: number, error: string) =>
    reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(<SignInPage page={request.page} error={error} />);

  app.post(SIGN_IN_ROUTE, { schema: { hide: true, body: signInBody } }, async (request, reply) => {
    const limit = await limitOf(request);
    if (!limit.isAllowed && limit.isExceeded) {
      reply.header('retry-after', limit.ttlInSeconds);
      return refuse(request, reply, 429, 'Too many attempts. Try again in a minute.');
    }
    const token = findToken(tokens, request.body.token.trim());
    if (token === undefined) {
      request.log.info('sign-in refused');
      return refuse(request, reply, 401, 'This is no token of the service. Check that you copied all of it.');
    }
    const { name } = token;
    const session = { kind: 'staff', name, token: fingerprintOf(token) } as const;
    await beginSession(request, reply, session, sessionTokens, pages);
    request.log.info({ staff: name }, 'signed in');
    return reply.redirect(operatorsPath(), 303);
  });

  done();
};
