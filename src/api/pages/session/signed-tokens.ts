import { jwtVerify, SignJWT } from 'jose';
import { JOSEError } from 'jose/errors';
import type { z } from 'zod';
import { deriveKeyRing, type KeyRing } from '../../../domain/key-ring.js';

/** Tokens that we sign, hand out, and know again: links and sessions. They hold ids only; whoever has one can read it. */
export interface SignedTokens<Claims> {
  sign(claims: Claims, expiresAt: Date): Promise<string>;
  /** What was signed; undefined for a token that is forged, for another purpose, or no longer valid. */
  verify(token: string): Promise<Claims | undefined>;
}

/**
 * Signed tokens (JWT, HS256) of one purpose. Their keys are derived from the ring that seals token keys, so there is
 * no further secret to set, and they rotate with it.
 *
 * @param purpose a name; tokens of another purpose have other keys
 */
export function createSignedTokens<Claims extends Record<string, unknown>>(
  sealingKeys: KeyRing,
  purpose: string,
  claims: z.ZodType<Claims>,
): SignedTokens<Claims> {
  const keys = deriveKeyRing(sealingKeys, `dci-superoffice/${purpose}`);
  return {
    async sign(content, expiresAt) {
      return new SignJWT(content)
        .setProtectedHeader({ alg: 'HS256', kid: keys.newest.id })
        .setExpirationTime(expiresAt)
        .sign(keys.newest.key);
    },

    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, ({ kid = '' }) => keys.find(kid) ?? unknownKey(), {
          algorithms: ['HS256'],
          requiredClaims: ['exp'],
        });
        return claims.safeParse(payload).data;
      } catch (error) {
        if (error instanceof JOSEError) return undefined;
        throw error;
      }
    },
  };
}

function unknownKey(): never {
  throw new JOSEError('The key has left the ring.');
}
