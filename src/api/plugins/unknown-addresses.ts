import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import { MethodNotAllowedError, NotFoundError } from '../../domain/errors.js';

/**
 * Answers what no route is for, before its body is read: 405 where the address has other methods, else 404. Limited
 * as well: otherwise one could search for valid addresses at any speed.
 */
export const unknownAddresses = fp(
  (app) => {
    const routes = createRouteTable();
    app.addHook('onRoute', ({ method, url }) => {
      // A route for every address, such as that of CORS, or for all below a prefix, says nothing about this one.
      if (url.endsWith('*')) return;
      for (const one of [method].flat() as HTTPMethod[]) routes.add(one, url);
    });

    const limit = app.rateLimit();
    app.addHook('onRequest', async function (request, reply) {
      const { url } = request.routeOptions;
      if (request.is404) await limit.call(this, request, reply);
      // `retry` in `…/deliveries/retry` is no id, also for a method that this address does not have.
      else if (!url?.includes(':')) return;
      const address = routes.find(pathOf(request));
      if (address && address.url !== url) throw new MethodNotAllowedError(address.methods);
      if (!request.is404) return;
      throw new NotFoundError('There is nothing at this address; /openapi.json lists what there is.');
    });
    return Promise.resolve();
  },
  { name: 'unknown-addresses', dependencies: ['@fastify/rate-limit'] },
);

/** Which routes there are, whatever their method. */
function createRouteTable() {
  const router = findMyWay();
  const methodsOf = new Map<string, HTTPMethod[]>();
  return {
    add(method: HTTPMethod, url: string): void {
      methodsOf.set(url, [...(methodsOf.get(url) ?? []), method]);
      // Under one method, so that an address of its own goes before one with a parameter in its place.
      if (!router.hasRoute('GET', url)) router.on('GET', url, () => undefined, url);
    },
    find(path: string): { url: string; methods: HTTPMethod[] } | undefined {
      const url = router.find('GET', path)?.store as string | undefined;
      return url === undefined ? undefined : { url, methods: methodsOf.get(url) ?? [] };
    },
  };
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? url;
}
