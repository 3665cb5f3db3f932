import { z } from 'zod';
import type { DciHook } from '../../store/dci-hooks.js';
import { timestamp } from './common.js';

/** What is set up for DCI's webhook, without its secrets. */
export const dciHookSchema = z
  .object({
    secrets: z.int().describe('How many secrets are valid: two only while one takes the place of the other.'),
    hasApiToken: z.boolean().describe('Whether links to recordings are looked up at DCI.'),
    updatedAt: timestamp,
  })
  .meta({ id: 'DciHook' });

export function dciHookView(hook: DciHook): z.output<typeof dciHookSchema> {
  const { sealedSecrets, sealedApiToken, updatedAt } = hook;
  return { secrets: sealedSecrets.length, hasApiToken: sealedApiToken !== null, updatedAt };
}

/** Goes into a header, so that it is ASCII without spaces. */
export const apiTokenBody = z.object({
  apiToken: z
    .string()
    .trim()
    .min(1)
    .max(1000)
    .regex(/^[\x21-\x7e]+$/, 'Give the token of DCI’s API as DCI shows it, such as "mt_…".')
    .nullable()
    .describe('A token of DCI’s REST API with the scope "recordings"; null forgets it.'),
});

export const newSecretBody = z
  .object({
    secret: z
      .string()
      .trim()
      .min(16, 'Give a secret of at least 16 characters.')
      .max(255)
      .optional()
      .describe('The secret that DCI shows; without one, a secret is made.'),
  })
  .nullish();

export const newSecretSchema = dciHookSchema
  .extend({ secret: z.string().describe('Shown this once: enter it in DCI.') })
  .meta({ id: 'NewDciSecret' });

export const ignoredSchema = z.object({ state: z.literal('ignored') }).meta({ id: 'Ignored' });

/** The headers of DCI's webhook (source: DCI's REST API v1). */
export const webhookHeaders = z.looseObject({
  'x-webhook-signature': z
    .string()
    .describe('"sha256=" and the HMAC-SHA256 of the raw body with the secret, in hexadecimal.'),
  'x-webhook-timestamp': z.string().describe('When it was sent, in seconds since 1970.'),
});
