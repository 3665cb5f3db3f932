import { randomBytes } from 'node:crypto';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { ConflictError, NotFoundError } from '../../domain/errors.js';
import type { ApiDependencies } from '../dependencies.js';
import { problemResponses, tenantParams } from '../schemas/common.js';
import {
  apiTokenBody,
  dciHookSchema,
  dciHookView,
  newSecretBody,
  newSecretSchema,
} from '../schemas/dci-hooks.js';

const path = '/v1/tenants/:tenantId/hooks/dci';
const SECRET_BYTES = 32;

/** What a tenant's webhook from DCI needs. Secrets are sealed before anything else sees them. */
export const dciHookRoutes: FastifyPluginCallbackZod<ApiDependencies> = (app, options, done) => {
  const { dciHooks, sealing } = options;

  app.get(
    path,
    {
      schema: {
        operationId: 'getDciWebhook',
        tags: ['DCI webhook'],
        summary: 'What is set up for DCI’s webhook, without its secrets',
        params: tenantParams,
        response: { 200: dciHookSchema.describe('What is set up.'), ...problemResponses('not-found') },
      },
    },
    async (request) => {
      const { tenantId } = request.params;
      const hook = await dciHooks.find(tenantId);
      if (!hook) {
        throw new NotFoundError(
          `Nothing is set up for webhooks of tenant "${tenantId}"; POST to …/secrets first.`,
        );
      }
      return dciHookView(hook);
    },
  );

  app.put(
    path,
    {
      schema: {
        operationId: 'setDciApiToken',
        tags: ['DCI webhook'],
        summary: 'Set or forget the token of DCI’s API',
        description: 'With it, the link to a recording is looked up, which DCI’s webhook does not bring.',
        params: tenantParams,
        body: apiTokenBody,
        response: { 200: dciHookSchema.describe('What is set up now.'), ...problemResponses() },
      },
    },
    async (request) => {
      const { tenantId } = request.params;
      const { apiToken } = request.body;
      const sealedApiToken = apiToken === null ? null : await sealing.seal(tenantId, apiToken);
      const hook = await dciHooks.setApiToken(tenantId, sealedApiToken);
      request.log.info({ tenantId, hasApiToken: apiToken !== null }, 'DCI API token saved');
      return dciHookView(hook);
    },
  );

  app.post(
    `${path}/secrets`,
    {
      schema: {
        operationId: 'addDciSecret',
        tags: ['DCI webhook'],
        summary: 'Add a secret that signs webhooks',
        description:
          'The one before stays valid until it is ended. A secret that is the newest already is taken as it is.',
        params: tenantParams,
        body: newSecretBody,
        response: {
          201: newSecretSchema.describe('The secret is valid.'),
          ...problemResponses('conflict'),
        },
      },
    },
    async (request, reply) => {
      const { tenantId } = request.params;
      const secret = request.body?.secret ?? randomBytes(SECRET_BYTES).toString('base64url');
      const hook = (await withNewest(tenantId, secret)) ?? (await add(tenantId, secret));
      request.log.info({ tenantId, secrets: hook.sealedSecrets.length }, 'webhook secret added');
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...dciHookView(hook), secret });
    },
  );

  app.delete(
    `${path}/secrets/previous`,
    {
      schema: {
        operationId: 'endPreviousDciSecret',
        tags: ['DCI webhook'],
        summary: 'End the older of two secrets',
        description: 'Once DCI signs with the newer one.',
        params: tenantParams,
        response: { 200: dciHookSchema.describe('One secret is left.'), ...problemResponses('not-found') },
      },
    },
    async (request) => {
      const { tenantId } = request.params;
      const hook = await dciHooks.endPreviousSecret(tenantId);
      if (!hook) throw new NotFoundError(`Tenant "${tenantId}" has no previous secret.`);
      request.log.info({ tenantId }, 'previous webhook secret ended');
      return dciHookView(hook);
    },
  );

  async function add(tenantId: string, secret: string) {
    const hook = await dciHooks.addSecret(tenantId, await sealing.seal(tenantId, secret));
    if (hook) return hook;
    throw new ConflictError(
      'Two secrets are valid already. End the previous one with DELETE …/secrets/previous, then add another.',
    );
  }

  /** The hook whose newest secret this is: the same request again must not push the other secret out. */
  async function withNewest(tenantId: string, secret: string) {
    const hook = await dciHooks.find(tenantId);
    const [newest] = hook?.sealedSecrets ?? [];
    if (newest === undefined) return undefined;
    const opened = await sealing.open(tenantId, newest).catch(() => undefined);
    return opened === secret ? hook : undefined;
  }

  done();
};
