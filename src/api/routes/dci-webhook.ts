import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { dciEventSchema, readDciEvent } from '../../domain/dci-event.js';
import type { RecordingLookup } from '../../domain/delivery.js';
import { InvalidFieldError, UnverifiedWebhookError } from '../../domain/errors.js';
import type { ApiDependencies } from '../dependencies.js';
import { problemResponses, tenantParams } from '../schemas/common.js';
import { ignoredSchema, webhookHeaders } from '../schemas/dci-hooks.js';
import { acceptedSchema, skippedSchema } from '../schemas/deliveries.js';
import { locationOf, statusOf, submitSummary } from '../submit-summary.js';
import { createWebhookVerification } from '../webhook-verification.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once a webhook is verified: how the link to its recording is looked up, if it is. */
    recordingWindowMs?: number | undefined;
  }
}

/**
 * Takes DCI's webhook in. Its signature stands in for a bearer token, which DCI can't send. Nothing is fetched from
 * DCI meanwhile: the answer waits for the start of the workflow alone.
 */
export const dciWebhookRoute: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
  const { metrics, webhooks } = options;
  const verify = createWebhookVerification({ ...options, toleranceMs: webhooks.toleranceMs });

  // The signature is over the bytes, so that they stay as they came until it is checked.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, parsed) =>
    parsed(null, body),
  );

  app.post(
    '/v1/tenants/:tenantId/hooks/dci',
    {
      preValidation: verifyAndParse,
      schema: {
        summary: 'DCI’s webhook',
        description:
          'An event "conversation.completed" with a summary is delivered like one that is handed in; other events ' +
          'are ignored. The same conversation and text always map to the same delivery. Signed instead of a token.',
        security: [],
        params: tenantParams,
        headers: webhookHeaders,
        body: dciEventSchema,
        response: {
          202: z
            .union([acceptedSchema, ignoredSchema])
            .describe('Accepted: the delivery is durable from here on. Or an event that is none of ours.'),
          200: z.union([acceptedSchema, skippedSchema]).describe('A duplicate, or nothing to push.'),
          ...problemResponses('body-too-large', 'unsupported-media-type'),
        },
      },
    },
    async (request, reply) => {
      const { tenantId } = request.params;
      const meaning = readDciEvent(request.body, new Date());
      switch (meaning.kind) {
        case 'refused':
          metrics.submissions.inc({ outcome: 'refused' });
          throw new InvalidFieldError(meaning.pointer, meaning.detail);
        case 'ignored':
          metrics.submissions.inc({ outcome: 'ignored' });
          request.log.info({ tenantId, event: printable(request.body.event) }, 'webhook event ignored');
          return reply.code(202).send({ state: 'ignored' as const });
        case 'summary': {
          const { summary } = meaning;
          const recording = lookupOf(summary.meetingId, request.recordingWindowMs);
          const submission = await submitSummary(options, request.log, {
            tenantId,
            summary,
            ...(recording && { recording }),
            // What a person cancelled does not come back because DCI, or somebody who listened, sends it again.
            restart: false,
          });
          return reply.code(statusOf(submission)).headers(locationOf(tenantId, submission)).send(submission);
        }
      }
    },
  );

  async function verifyAndParse(request: FastifyRequest): Promise<void> {
    const { tenantId } = request.params as { tenantId: string };
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const verification = await verify({ tenantId, headers: request.headers, body });
    if ('failure' in verification) {
      metrics.submissions.inc({ outcome: 'refused' });
      request.log.warn({ tenantId: printable(tenantId), reason: verification.failure }, 'webhook refused');
      throw new UnverifiedWebhookError(UNVERIFIED_DETAIL);
    }
    const { sealedApiToken } = verification.hook;
    request.recordingWindowMs = sealedApiToken === null ? undefined : webhooks.recordingWindowMs;
    request.body = parse(body);
  }

  done();
};

const UNVERIFIED_DETAIL =
  'Sign the raw body with the secret of this tenant, send it at once, and check the clock and the address.';

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new InvalidFieldError('', 'The body is not JSON.');
  }
}

/** DCI's ids are UUIDs; nothing else becomes part of an address at DCI. */
function lookupOf(conversationId: string, windowMs: number | undefined): RecordingLookup | undefined {
  if (windowMs === undefined || !/^[\w-]+$/.test(conversationId)) return undefined;
  return { conversationId, windowMs };
}

/** Names from outside reach the log only where they look like names. */
function printable(name: string): string {
  return /^[\w.:-]{1,64}$/.test(name) ? name : 'unreadable';
}
