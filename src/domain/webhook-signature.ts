import { createHmac } from 'node:crypto';
import { isSameSecret } from './constant-time.js';

/** Numbers above are milliseconds: as seconds they would lie in the year 5138. */
const MAX_UNIX_SECONDS = 100_000_000_000;

/**
 * Whether a webhook's body was signed with one of the secrets. Takes the same time whichever it is, or none.
 *
 * @param signature the header `X-Webhook-Signature`: `sha256=` and the HMAC-SHA256 of the raw body, in hexadecimal
 */
export function isSignedBy(secrets: readonly string[], body: Buffer, signature: string | undefined): boolean {
  const presented = /^sha256=([0-9a-f]{64})$/i.exec(signature ?? '')?.[1];
  const given = Buffer.from(presented ?? '0'.repeat(64), 'hex');
  let isSigned = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(body).digest();
    if (isSameSecret(expected, given)) isSigned = true;
  }
  return isSigned && presented !== undefined;
}

/**
 * Whether a webhook was sent lately, by its header `X-Webhook-Timestamp`: seconds or milliseconds since 1970. DCI does
 * not sign it, so this turns away what is late, not whoever means harm.
 */
export function isTimely(timestamp: string | undefined, now: number, toleranceMs: number): boolean {
  if (!/^\d{1,15}$/.test(timestamp ?? '')) return false;
  const sentAt = Number(timestamp);
  const sentAtMs = sentAt > MAX_UNIX_SECONDS ? sentAt : sentAt * 1000;
  return Math.abs(now - sentAtMs) <= toleranceMs;
}
