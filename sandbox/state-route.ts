import type { FastifyReply } from 'fastify';
import { isStateFault, takeFault } from './faults.js';
import { domainOf, hostPrefix, stateApiHosts } from './hosts.js';
import { maintenancePage, notFoundPage } from './pages.js';
import { describeState } from './state-api.js';
import type { Tenants } from './tenants.js';

interface StateLookup {
  params: { cust: string };
  headers: { host?: string | undefined };
}

/** `GET https://online.…/api/state/CustNNNNN`: where a tenant lives, and how it is doing. */
export function handleStateLookup(
  tenants: Tenants,
  { params, headers: { host } }: StateLookup,
  reply: Pick<FastifyReply, 'code' | 'type' | 'send'>,
) {
  const tenant = tenants.find(params.cust);
  if (!tenant || !stateApiHosts.has(hostPrefix(host) ?? '')) {
    return reply.code(404).type('text/html').send(notFoundPage);
  }
  tenant.counter.countStateLookup();
  if (takeFault(tenant.faults, isStateFault) ?? tenant.weather?.ofStateLookup()) {
    return reply.code(503).type('text/html').send(maintenancePage);
  }
  return reply.send(describeState(tenant, domainOf(host), Date.now()));
}
