import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

/** One address that the service answers at. */
export interface Route {
  method: string;
  /** Such as `/v1/tenants/:tenantId/summaries`. */
  url: string;
}

/** Starts the service and collects the routes of its API: also those that no document tells of. */
export async function withRoutes<T>(start: () => Promise<T>): Promise<{ started: T; routes: Route[] }> {
  // The stand-in for SuperOffice is made of the same framework, in the same process.
  const routesByApp: Route[][] = [];
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    const routes: Route[] = [];
    routesByApp.push(routes);
    fastify.addHook('onRoute', ({ method, url }) => {
      routes.push(...[method].flat().map((one) => ({ method: one, url })));
    });
  };
  subscribe('fastify.initialization', listen);
  try {
    const started = await start();
    const routes = routesByApp.find((some) => some.some(({ url }) => url === '/healthz'));
    if (!routes) throw new Error('The service has no routes.');
    return { started, routes };
  } finally {
    unsubscribe('fastify.initialization', listen);
  }
}

/** A route's address with these ids in it. */
export function addressOf({ url }: Route, ids: Record<string, string> = {}): string {
  return url.replace(/:(\w+)/g, (_part, name: string) => ids[name] ?? name);
}
