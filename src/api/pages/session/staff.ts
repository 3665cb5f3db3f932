import type { FastifyRequest } from 'fastify';
import { type ApiToken, fingerprintOf } from '../../../domain/api-token.js';
import { type SessionTokens, STAFF_COOKIE, type StaffSession } from './sessions.js';

/** The session of a member of staff whose token the service still knows: to take the token away, or to replace it, ends it. */
export async function staffSessionIn(
  { cookies }: Pick<FastifyRequest, 'cookies'>,
  { sessions }: SessionTokens,
  tokens: readonly ApiToken[],
): Promise<StaffSession | undefined> {
  const cookie = cookies[STAFF_COOKIE];
  const session = cookie === undefined ? undefined : await sessions.verify(cookie);
  if (session?.kind !== 'staff') return undefined;
  const isKnown = tokens.some(
    (token) => token.name === session.name && fingerprintOf(token) === session.token,
  );
  return isKnown ? session : undefined;
}
