import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isSignedBy, isTimely } from '../domain/webhook-signature.js';
import type { DciHook, DciHookStore } from '../store/dci-hooks.js';
import type { Sealing } from '../store/sealing.js';

/** A webhook as it came. */
export interface ReceivedWebhook {
  tenantId: string;
  headers: IncomingHttpHeaders;
  /** The bytes that were signed. */
  body: Buffer;
}

/** For the log; whoever sent the webhook is not told. */
export type VerificationFailure = 'not-set-up' | 'secret-unreadable' | 'bad-signature' | 'stale';

export type Verification = { hook: DciHook } | { failure: VerificationFailure };

/**
 * Tells whether a webhook is DCI's. A tenant that does not exist costs the same work as one with a secret, so that
 * the time of the answer tells no more than the answer.
 */
export function createWebhookVerification(
  { dciHooks, sealing, toleranceMs }: { dciHooks: DciHookStore; sealing: Sealing; toleranceMs: number },
  now: () => number = Date.now,
): (webhook: ReceivedWebhook) => Promise<Verification> {
  const decoyTenant = '-';
  const decoy = sealing.seal(decoyTenant, randomBytes(32).toString('base64url'));

  return async ({ tenantId, headers, body }) => {
    const hook = await dciHooks.find(tenantId);
    const isSetUp = hook !== undefined && hook.sealedSecrets.length > 0;
    const owner = isSetUp ? tenantId : decoyTenant;
    const sealedSecrets = isSetUp ? hook.sealedSecrets : [await decoy];
    const opened = await Promise.all(
      sealedSecrets.map((sealed) => sealing.open(owner, sealed).catch(() => undefined)),
    );
    const secrets = opened.filter((secret) => secret !== undefined);
    const isSigned = isSignedBy(secrets, body, headerOf(headers, 'x-webhook-signature'));

    if (!isSetUp) return { failure: 'not-set-up' };
    if (secrets.length === 0) return { failure: 'secret-unreadable' };
    if (!isSigned) return { failure: 'bad-signature' };
    const isNew = isTimely(headerOf(headers, 'x-webhook-timestamp'), now(), toleranceMs);
    return isNew ? { hook } : { failure: 'stale' };
  };
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
