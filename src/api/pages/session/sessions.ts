import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { KeyRing } from '../../../domain/key-ring.js';
import { tenantIdSchema } from '../../../domain/tenant.js';
import { languages } from '../i18n/languages.js';
import { createSignedTokens, type SignedTokens } from './signed-tokens.js';

/** Who asked for a link, as DCI calls them: an id for the log, which says nothing about the person by itself. */
export const actorSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'An actor has 1 to 64 letters, digits, "-" or "_": an id, not an address.');

/** What a portal link allows. */
export const grantSchema = z.object({
  tenantId: tenantIdSchema,
  actor: actorSchema.optional(),
  readOnly: z.boolean(),
  language: z.enum(languages).optional(),
});
export type Grant = z.output<typeof grantSchema>;

const csrfToken = z.string();

/** An admin of one tenant, sent by DCI. */
const tenantSessionSchema = grantSchema.extend({ kind: z.literal('tenant'), csrfToken });
export type TenantSession = z.output<typeof tenantSessionSchema>;

/** Somebody of our own, who sees all tenants. */
const staffSessionSchema = z.object({
  kind: z.literal('staff'),
  name: z.string(),
  /** Fingerprint of the token that was shown. */
  token: z.string(),
  csrfToken,
});
export type StaffSession = z.output<typeof staffSessionSchema>;

const sessionSchema = z.discriminatedUnion('kind', [tenantSessionSchema, staffSessionSchema]);

/** Whose page it is. A session is its cookie: signed, and kept nowhere else. */
export type Session = z.output<typeof sessionSchema>;

/** What a session is made of; its CSRF token is made with it. */
export type NewSession = Omit<TenantSession, 'csrfToken'> | Omit<StaffSession, 'csrfToken'>;

/**
 * Where a session's cookie is sent: each tenant's under a path of its own, so that two tabs may show two tenants; that
 * of staff everywhere, since it opens the codec endpoint as well.
 */
export function cookieOf(session: Pick<TenantSession, 'kind' | 'tenantId'> | Pick<StaffSession, 'kind'>): {
  name: string;
  path: string;
} {
  return session.kind === 'tenant'
    ? { name: TENANT_COOKIE, path: `/portal/${session.tenantId}` }
    : { name: STAFF_COOKIE, path: '/' };
}

export const TENANT_COOKIE = 'tenant_session';
export const STAFF_COOKIE = 'staff_session';

/** Sessions and the links that begin them. */
export interface SessionTokens {
  tickets: SignedTokens<Grant>;
  sessions: SignedTokens<Session>;
}

export function createSessionTokens(sealingKeys: KeyRing): SessionTokens {
  return {
    tickets: createSignedTokens(sealingKeys, 'portal-ticket', grantSchema),
    sessions: createSignedTokens(sealingKeys, 'page-session', sessionSchema),
  };
}

/** A session, with the token that its forms must bring along. */
export function sessionOf(content: NewSession): Session {
  return { ...content, csrfToken: randomBytes(16).toString('base64url') };
}
