import fp from 'fastify-plugin';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import { MethodNotAllowedError, NotFoundError } from '../../domain/errors.js';

/**
 * Answers what no route is for, before its body is read: 405 where the address has other methods, else 404. Limited
 * as well: otherwise one could search for valid addresses at any speed.
 */
export const unknownAddresses = fp(
  (app) => {
    const router = findMyWay();
    const known = new Set<HTTPMethod>();
    app.addHook('onRoute', ({ method, url }) => {
      // A route for every address, such as that of CORS, says nothing about this one.
      if (url === '*' || url === '/*') return;
      for (const one of [method].flat() as HTTPMethod[]) {
        known.add(one);
        if (!router.hasRoute(one, url)) router.on(one, url, () => undefined);
      }
    });

    const limit = app.rateLimit();
    app.addHook('onRequest', async function (request, reply) {
      if (!request.is404) return;
      await limit.call(this, request, reply);
      const [path = '/'] = request.url.split('?');
      const allowed = [...known].filter((method) => router.find(method, path) !== null);
      if (allowed.length > 0) throw new MethodNotAllowedError(allowed);
      throw new NotFoundError('There is nothing at this address; /openapi.json lists what there is.');
    });
    return Promise.resolve();
  },
  { name: 'unknown-addresses', dependencies: ['@fastify/rate-limit'] },
);
