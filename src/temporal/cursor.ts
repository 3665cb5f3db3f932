import { createHash } from 'node:crypto';
import { InvalidFieldError } from '../domain/errors.js';

const CHECK_BYTES = 6;

/** A page token of Temporal as a cursor of ours, good for the query that it came from. */
export function cursorOf(pageToken: Uint8Array, query: string): string {
  return Buffer.concat([checkOf(pageToken, query), pageToken]).toString('base64url');
}

/**
 * The page token in a cursor. Temporal answers a token that it did not make with an error of its own, as if it were
 * ill; so what is no cursor is refused here.
 *
 * @throws InvalidFieldError
 */
export function pageTokenOf(cursor: string, query: string): Uint8Array {
  const bytes = Buffer.from(cursor, 'base64url');
  const pageToken = bytes.subarray(CHECK_BYTES);
  if (!checkOf(pageToken, query).equals(bytes.subarray(0, CHECK_BYTES))) {
    throw new InvalidFieldError('/cursor', 'Give the nextCursor of the page before, with the same filters.');
  }
  return pageToken;
}

function checkOf(pageToken: Uint8Array, query: string): Buffer {
  return createHash('sha256').update(query).update('\0').update(pageToken).digest().subarray(0, CHECK_BYTES);
}
