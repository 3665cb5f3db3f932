import { CompactEncrypt, compactDecrypt } from 'jose';
import type { KeyRing } from '../domain/key-ring.js';
import { UnsealError } from '../domain/errors.js';

/** Seals and opens the token keys of tenants. */
export interface Sealing {
  /** A token as a compact JWE (AES-256-GCM), bound to its tenant. */
  seal(tenantId: string, token: string): Promise<string>;
  /**
   * The token again.
   *
   * @throws UnsealError when its key left the ring, it was altered, or it was sealed for another tenant
   */
  open(tenantId: string, sealed: string): Promise<string>;
}

/** Sealing with a ring of keys: the newest seals, any of them opens. */
export function createSealing(keys: KeyRing): Sealing {
  return {
    async seal(tenantId, token) {
      const { id, key } = keys.newest;
      return new CompactEncrypt(new TextEncoder().encode(token))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: id, tenant: tenantId })
        .encrypt(key);
    },

    async open(tenantId, sealed) {
      const { plaintext, protectedHeader } = await compactDecrypt(
        sealed,
        ({ kid = '' }) => {
          const key = keys.find(kid);
          if (!key) throw new UnsealError(`The key "${kid}" that sealed this token is not in SEALING_KEYS.`);
          return key;
        },
        { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
      ).catch((error: unknown) => {
        throw error instanceof UnsealError ? error : new UnsealError('The sealed token was altered.');
      });
      if (protectedHeader.tenant !== tenantId) {
        throw new UnsealError('The sealed token belongs to another tenant.');
      }
      return new TextDecoder().decode(plaintext);
    },
  };
}

/** What is sealed, or undefined where it can't be opened any more. */
export async function openOrUndefined(
  sealing: Sealing,
  tenantId: string,
  sealed: string,
): Promise<string | undefined> {
  try {
    return await sealing.open(tenantId, sealed);
  } catch (error) {
    if (error instanceof UnsealError) return undefined;
    throw error;
  }
}
