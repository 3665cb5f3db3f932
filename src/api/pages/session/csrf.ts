import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isSameSecret } from '../../../domain/constant-time.js';
import { ForbiddenError } from '../../../domain/errors.js';
import { type PageSettings, publicOriginOf } from '../page-settings.js';
import type { Session } from './sessions.js';

/** The name of the token in forms; htmx sends it as a header. */
export const CSRF_FIELD = '_csrf';
export const CSRF_HEADER = 'x-csrf-token';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isStateChanging({ method }: Pick<FastifyRequest, 'method'>): boolean {
  return !safeMethods.has(method);
}

/**
 * Refuses changes that another site's page asks for: browsers say where a request comes from (`Sec-Fetch-Site`, or
 * `Origin` where they are older). A request that says neither comes from no browser that we know.
 */
export function requireSameOrigin(scope: FastifyInstance, settings: PageSettings): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    const isFine = !isStateChanging(request) || isSameOrigin(request, settings);
    done(isFine ? undefined : new ForbiddenError('The request comes from another site.'));
  });
}

function isSameOrigin(request: FastifyRequest, settings: PageSettings): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined) return site === 'same-origin';
  return origin !== undefined && origin === publicOriginOf(request, settings);
}

/**
 * Checks that a form was written for this session.
 *
 * @throws ForbiddenError
 */
export function verifyCsrfToken(request: FastifyRequest, { csrfToken }: Session): void {
  const header = request.headers[CSRF_HEADER];
  const field = (request.body as Record<string, unknown> | undefined)?.[CSRF_FIELD];
  const presented = typeof header === 'string' ? header : field;
  if (typeof presented !== 'string' || !isSameSecret(Buffer.from(presented), Buffer.from(csrfToken))) {
    throw new ForbiddenError('The form is not of this session.');
  }
}
