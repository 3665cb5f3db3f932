import cors from '@fastify/cors';
import type { PayloadCodec } from '@temporalio/common';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { InvalidFieldError } from '../../domain/errors.js';
import { jsonOfPayload, payloadOfJson, payloadsSchema } from '../schemas/codec.js';
import { problemResponses } from '../schemas/common.js';

/** Temporal answers with at most 4 MB, which base64 makes longer by a third. */
const MAX_BODY_BYTES = 6 * 1024 * 1024;
/** How long a browser need not ask again whether it may call, in seconds. */
const PREFLIGHT_MAX_AGE_SECONDS = 600;

const codecHeaders = z.object({
  'x-namespace': z
    .string()
    .optional()
    .meta({ description: 'Temporal’s namespace of the payloads, as the UI and the CLI send it.' }),
});

export interface CodecOptions {
  codec: PayloadCodec;
  /** The one that the payloads are of. */
  namespace: string;
}

/**
 * Temporal's remote codec protocol: makes histories readable to the Temporal UI and CLI, for those whom the scope
 * lets in. <https://docs.temporal.io/codec-server>
 */
export const codecRoutes: FastifyPluginCallbackZod<CodecOptions> = (app, { codec, namespace }, done) => {
  // Ours needs none: every payload is written in the same way.
  const context = { type: 'workflow', namespace, workflowId: '' } as const;

  const convert = (direction: 'decode' | 'encode', summary: string, outcome: string) =>
    app.post(
      `/${direction}`,
      {
        bodyLimit: MAX_BODY_BYTES,
        schema: {
          operationId: `${direction}Payloads`,
          tags: ['Operators'],
          summary,
          description:
            'Temporal’s remote codec protocol: the answer has a payload for each, in the same order.',
          headers: codecHeaders,
          body: payloadsSchema,
          response: { 200: payloadsSchema.describe(outcome), ...problemResponses('payload-unreadable') },
        },
      },
      async (request) => {
        // The CLI leaves it empty where it was told none.
        if (![undefined, '', namespace].includes(request.headers['x-namespace'])) {
          throw new InvalidFieldError('/x-namespace', `Only payloads of the namespace "${namespace}".`);
        }
        const payloads = await codec[direction](request.body.payloads.map(payloadOfJson), context);
        return { payloads: payloads.map(jsonOfPayload) };
      },
    );
  convert('decode', 'Make payloads readable, for the Temporal UI and CLI', 'Readable.');
  convert('encode', 'Encrypt payloads that the Temporal UI and CLI send', 'Encrypted.');
  done();
};

/**
 * Lets pages of the Temporal UI, and no others, call the routes of a scope from a browser. Before any hook that
 * refuses: a browser tells the page about a refusal only where the page may call at all.
 *
 * @param origin such as `https://temporal.example.com`; undefined: no page may
 */
export async function allowTemporalUi(scope: FastifyInstance, origin: string | undefined): Promise<void> {
  await scope.register(cors, {
    origin: origin === undefined ? false : [origin],
    credentials: true,
    methods: ['POST'],
    allowedHeaders: ['authorization', 'authorization-extras', 'content-type', 'x-namespace'],
    maxAge: PREFLIGHT_MAX_AGE_SECONDS,
  });
}
