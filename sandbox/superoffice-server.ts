import { setMaxListeners } from 'node:events';
import { fastify } from 'fastify';
import type { Certificates } from './certificates.js';
import { trackConnections } from './connections.js';
import { maintenancePage, notFoundPage } from './pages.js';
import { type AnsweredCall, handleScriptCall } from './script-route.js';
import { handleStateLookup } from './state-route.js';
import type { Tenants } from './tenants.js';

/** Far above the contract's limit, so that it is the script that refuses a body, in bytes. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** SuperOffice over HTTPS: one port for all hosts, which the Host header tells apart. */
export function createSuperOfficeServer(
  tenants: Tenants,
  { cert, key }: Certificates,
  onAnswer: (call: AnsweredCall) => void = () => undefined,
) {
  const closing = new AbortController();
  // Every waiting call listens.
  setMaxListeners(0, closing.signal);
  const app = fastify({
    https: { cert, key },
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
  });
  const connections = trackConnections(app.server);
  app.addHook('preClose', (done) => {
    closing.abort();
    connections.destroyAll();
    done();
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/html').send(notFoundPage));

  app.get('/status', (_request, reply) => reply.type('text/html').send(maintenancePage));
  app.get<{ Params: { cust: string } }>('/api/state/:cust', (request, reply) =>
    handleStateLookup(tenants, request, reply),
  );
  app.all<{ Params: { cust: string } }>('/:cust/CS/scripts/customer.fcgi', (request, reply) =>
    handleScriptCall({ tenants, connections, closing: closing.signal, onAnswer }, request, reply),
  );
  return app;
}
