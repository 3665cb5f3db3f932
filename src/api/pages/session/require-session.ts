import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ForbiddenError, NotFoundError, SessionOverError } from '../../../domain/errors.js';
import type { AssetUrl } from '../assets.js';
import { pageContextOf } from '../page-context.js';
import { cookieSettingsOf, type PageSettings } from '../page-settings.js';
import { isStateChanging, verifyCsrfToken } from './csrf.js';
import {
  cookieOf,
  type NewSession,
  type Session,
  sessionOf,
  type SessionTokens,
  STAFF_COOKIE,
  TENANT_COOKIE,
  type TenantSession,
} from './sessions.js';

/** Begins a session: its cookie lasts as long as it does. */
export async function beginSession(
  request: FastifyRequest,
  reply: FastifyReply,
  content: NewSession,
  { sessions }: SessionTokens,
  settings: PageSettings,
): Promise<void> {
  const expires = new Date(Date.now() + settings.sessionMs);
  const { name, path } = cookieOf(content);
  void reply.setCookie(name, await sessions.sign(sessionOf(content), expires), {
    ...cookieSettingsOf(request, settings),
    path,
    expires,
  });
}

/**
 * Lets only requests of a session of one kind into a scope of pages; changes must bring the session's CSRF token
 * along, and a session that may only look changes nothing.
 */
export function requireSession(
  scope: FastifyInstance,
  kind: Session['kind'],
  { sessions }: SessionTokens,
  asset: AssetUrl,
): void {
  scope.addHook('onRequest', async (request) => {
    const cookie = request.cookies[kind === 'tenant' ? TENANT_COOKIE : STAFF_COOKIE];
    const session = cookie === undefined ? undefined : await sessions.verify(cookie);
    if (session?.kind !== kind) throw new SessionOverError('Open the page again.');
    if (session.kind === 'tenant') requireOwnTenant(request, session);
    request.session = session;
    // A link may say in which language its tenant's page is.
    if (session.kind === 'tenant') request.page = pageContextOf(request, asset);
    request.log = request.log.child(actorOf(session));
  });
  // The token of a form is known only when the form has been read.
  scope.addHook('preValidation', (request, _reply, done) => {
    const { session } = request;
    if (session && isStateChanging(request)) {
      verifyCsrfToken(request, session);
      if (session.kind === 'tenant' && session.readOnly) {
        throw new ForbiddenError('This session may only look.');
      }
    }
    done();
  });
}

/** Another tenant's page is one that does not exist. */
function requireOwnTenant({ params }: FastifyRequest, { tenantId }: TenantSession): void {
  if ((params as Record<string, unknown>).tenantId !== tenantId)
    throw new NotFoundError('There is no such page.');
}

function actorOf(session: Session): object {
  if (session.kind === 'staff') return { staff: session.name };
  return session.actor === undefined ? {} : { actor: session.actor };
}

/**
 * The session of a request, of the kind that its scope requires.
 *
 * @throws SessionOverError outside such a scope
 */
export function sessionOfKind<K extends Session['kind']>(
  { session }: FastifyRequest,
  kind: K,
): Extract<Session, { kind: K }> {
  if (session?.kind !== kind) throw new SessionOverError('Open the page again.');
  return session as Extract<Session, { kind: K }>;
}
