import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ApiToken, findToken } from '../../domain/api-token.js';
import { UnauthorizedError } from '../../domain/errors.js';

/** Lets only callers with a known bearer token into a scope of routes. */
export function requireToken(scope: FastifyInstance, tokens: readonly ApiToken[]): void {
  scope.addHook('onRequest', (request: FastifyRequest, _reply, done) => {
    const caller = callerOf(request, tokens);
    if (caller === undefined) {
      done(new UnauthorizedError('Send a token of the service as "authorization: Bearer …".'));
      return;
    }
    request.log = request.log.child({ caller });
    done();
  });
}

/** Whose bearer token a request brings along. */
export function callerOf({ headers }: FastifyRequest, tokens: readonly ApiToken[]): string | undefined {
  const [scheme = '', presented = ''] = (headers.authorization ?? '').split(' ');
  return scheme.toLowerCase() === 'bearer' ? findToken(tokens, presented)?.name : undefined;
}
