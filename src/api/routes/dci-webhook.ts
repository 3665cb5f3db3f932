import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { readDciEvent } from '../../domain/dci-event.js';
import type { RecordingLookup } from '../../domain/delivery.js';
import { InvalidFieldError, UnverifiedWebhookError } from '../../domain/errors.js';
import type { ApiDependencies } from '../dependencies.js';
import { problems } from '../problems.js';
import { problemResponses, tenantParams } from '../schemas/common.js';
import { dciEventBody, webhookHeaders, webhookTakenSchema } from '../schemas/dci-hooks.js';
import { beyondSubmission, submissionSchema } from '../schemas/summaries.js';
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

  const parseJson = app.getDefaultJsonParser('error', 'error');
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
        operationId: 'receiveDciEvent',
        tags: ['DCI webhook'],
        summary: 'DCI’s webhook',
        description:
          'An event "conversation.completed" with a summary is delivered like one that is handed in; other events ' +
          'are ignored. The same conversation and text always map to the same delivery. Signed instead of a token.',
        security: [],
        'x-responses': { 200: beyondSubmission, 202: beyondSubmission },
        params: tenantParams,
        headers: webhookHeaders,
        body: dciEventBody,
        response: {
          202: webhookTakenSchema,
          200: submissionSchema.describe('A duplicate, or nothing to push.'),
          ...problemResponses('unverified-webhook'),
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
      throw new UnverifiedWebhookError(problems['unverified-webhook'].advice);
    }
    const { sealedApiToken } = verification.hook;
    request.recordingWindowMs = sealedApiToken === null ? undefined : webhooks.recordingWindowMs;
    request.body = await parse(request, body);
  }

  /** As every other body is: keys that would become something else than data are refused. */
  function parse(request: FastifyRequest, body: Buffer): Promise<unknown> {
    return new Promise((resolve, reject) => {
      void parseJson(request, body.toString('utf8'), (error, value: unknown) => {
        if (error) reject(new InvalidFieldError('', 'The body is not JSON.'));
        else resolve(value);
      });
    });
  }

  done();
};

/** DCI's ids are UUIDs; nothing else becomes part of an address at DCI. */
function lookupOf(conversationId: string, windowMs: number | undefined): RecordingLookup | undefined {
  if (windowMs === undefined || !/^[\w-]+$/.test(conversationId)) return undefined;
  return { conversationId, windowMs };
}

/** Names from outside reach the log only where they look like names. */
function printable(name: string): string {
  return /^[\w.:-]{1,64}$/.test(name) ? name : 'unreadable';
}
