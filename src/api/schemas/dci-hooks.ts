import { z } from 'zod';
import { dciEventSchema } from '../../domain/dci-event.js';
import type { DciHook } from '../../store/dci-hooks.js';
import { EXAMPLE_DELIVERY, timestamp } from './common.js';
import { acceptedSchema } from './summaries.js';

/** What is set up for DCI's webhook, without its secrets. */
export const dciHookSchema = z
  .object({
    secrets: z.int().describe('How many secrets are valid: two only while one takes the place of the other.'),
    hasApiToken: z.boolean().describe('Whether links to recordings are looked up at DCI.'),
    updatedAt: timestamp,
  })
  .meta({
    id: 'DciHook',
    examples: [{ secrets: 1, hasApiToken: true, updatedAt: '2026-09-01T07:00:00.000Z' }],
  });

export function dciHookView(hook: DciHook): z.output<typeof dciHookSchema> {
  const { sealedSecrets, sealedApiToken, updatedAt } = hook;
  return { secrets: sealedSecrets.length, hasApiToken: sealedApiToken !== null, updatedAt };
}

/** Goes into a header, so that it is ASCII without spaces. */
export const apiTokenBody = z
  .object({
    apiToken: z
      .string()
      .trim()
      .min(1)
      .max(1000)
      .regex(/^[\x21-\x7e]+$/, 'Give the token of DCI’s API as DCI shows it, such as "mt_…".')
      .nullable()
      .describe('A token of DCI’s REST API with the scope "recordings"; null forgets it.'),
  })
  .meta({ id: 'DciApiToken', examples: [{ apiToken: 'mt_the-token-that-DCI-shows' }] });

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
  .nullish()
  .meta({ id: 'DciSecret', examples: [{ secret: 'the secret that DCI shows' }] });

export const newSecretSchema = dciHookSchema
  .extend({ secret: z.string().describe('Shown this once: enter it in DCI.') })
  .meta({
    id: 'NewDciSecret',
    examples: [
      {
        secrets: 2,
        hasApiToken: true,
        updatedAt: '2026-09-01T07:00:00.000Z',
        secret: 'the secret that DCI shows',
      },
    ],
  });

const ignoredSchema = z
  .object({ state: z.literal('ignored') })
  .meta({ id: 'Ignored', examples: [{ state: 'ignored' }] });

export const webhookTakenSchema = z.union([acceptedSchema, ignoredSchema]).meta({
  description:
    'Accepted: the delivery is durable from here on. Ignored: the event is none that carries a summary.',
  examples: [{ deliveryId: EXAMPLE_DELIVERY, state: 'accepted', duplicate: false }, { state: 'ignored' }],
});

export const dciEventBody = dciEventSchema.meta({
  id: 'DciEvent',
  examples: [
    {
      event: 'conversation.completed',
      timestamp: '2026-09-01T08:31:00Z',
      data: {
        conversation: {
          id: '2b1c7b52-6a0e-4a44-9f0e-0a8b6f3b7d10',
          title: 'Kick-off',
          date: '2026-09-01T08:00:00Z',
          duration: 1800,
          summary: 'We agreed to start.',
          user: { email: 'sara.holm@dstny-demo.example' },
          participants: [{ email: 'asa.akerlund@akerlunds.example' }],
        },
      },
    },
  ],
});

/** The headers of DCI's webhook (source: DCI's REST API v1). */
export const webhookHeaders = z.looseObject({
  'x-webhook-signature': z
    .string()
    .describe('"sha256=" and the HMAC-SHA256 of the raw body with the secret, in hexadecimal.')
    .meta({ examples: [`sha256=${'0'.repeat(64)}`] }),
  'x-webhook-timestamp': z
    .string()
    .describe('When it was sent, in seconds since 1970.')
    .meta({ examples: ['1788251460'] }),
});
