import { timingSafeEqual } from 'node:crypto';

/** Whether two secrets, or digests of them, are the same. The time it takes tells at most that their lengths differ. */
export function isSameSecret(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
