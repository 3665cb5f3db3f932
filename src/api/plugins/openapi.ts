import swagger from '@fastify/swagger';
import type { RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { finishDocument } from '../openapi/finish-document.js';
import { info } from '../openapi/info.js';
import { tags } from '../openapi/tags.js';
import { problemResponse } from '../schemas/common.js';

/** Collects the routes and their schemas into one OpenAPI document. */
export const openapi = fp(
  async (app) => {
    app.addHook('onRoute', addProblemsOfBodies);
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info,
        servers: [{ url: '/', description: 'The service that this document comes from.' }],
        tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
        components: {
          securitySchemes: {
            bearer: {
              type: 'http',
              scheme: 'bearer',
              description: 'One of the tokens of the variable `API_TOKENS` of the service.',
            },
          },
        },
        security: [{ bearer: [] }],
      },
      transform: jsonSchemaTransform,
      transformObject: finishDocument,
    });
  },
  { name: 'openapi' },
);

/** A body is read before it is known whether a route wants one, so all of these methods can refuse it. */
function addProblemsOfBodies({ method, schema }: RouteOptions): void {
  const readsBodies = [method].flat().some((one) => !['GET', 'HEAD', 'OPTIONS'].includes(one));
  const responses = schema?.response as Record<string, unknown> | undefined;
  if (!readsBodies || responses === undefined) return;
  for (const name of ['body-too-large', 'unsupported-media-type'] as const) {
    const [status, response] = problemResponse(name);
    responses[status] ??= response;
  }
}
