import fp from 'fastify-plugin';
import type { RequestObserver } from '../metrics.js';

/** Stands for every address without a route: strangers choose those, and a label of them would grow for ever. */
const NO_ROUTE = 'none';

/** Counts and times every request by its route. */
export const requestMetrics = fp<{ requests: RequestObserver }>(
  (app, { requests }, done) => {
    app.addHook('onResponse', (request, reply, next) => {
      requests.answered({
        method: request.method,
        route: request.routeOptions.url ?? NO_ROUTE,
        status: reply.statusCode,
        durationMs: reply.elapsedTime,
      });
      next();
    });
    done();
  },
  { name: 'request-metrics' },
);
