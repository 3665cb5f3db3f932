import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import type { ApiToken } from '../../domain/api-token.js';
import { UnauthorizedError } from '../../domain/errors.js';
import { staffSessionIn } from '../pages/session/staff.js';
import type { SessionTokens } from '../pages/session/sessions.js';
import { callerOf } from './authentication.js';

/** Lets programs with a token into a scope of routes, and browsers of those who are signed in at the operators' view. */
export async function requireTokenOrSession(
  scope: FastifyInstance,
  tokens: readonly ApiToken[],
  sessionTokens: SessionTokens,
): Promise<void> {
  await scope.register(cookie);
  scope.addHook('onRequest', async (request) => {
    const staff = callerOf(request, tokens) ?? (await staffSessionIn(request, sessionTokens, tokens))?.name;
    if (staff === undefined) {
      throw new UnauthorizedError(
        'Send a token of the service as "authorization: Bearer …", or sign in at /operators.',
      );
    }
    request.log = request.log.child({ caller: staff });
  });
}
