import { createHmac } from 'node:crypto';

/**
 * The signature of a request: HMAC-SHA256 of the body, in lower-case hexadecimal, as `encodeSHA256(secret, body)` makes
 * it in a script (docs: CRMScript.Global.Void). The body is ASCII, so that both sides hash the same bytes. It carries
 * the delivery id, by which a request that is sent once more files nothing: no time has to be signed with it.
 */
export function signatureOf(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}
