import type { Connection } from '../domain/connection.js';

/** What identifies a customer of SuperOffice: its instance, and by the prefix the environment that it belongs to. */
export type Customer = Pick<Connection, 'domainPrefix' | 'customerInstance'>;

/** The host that answers for the tenants of an environment (docs: check-status, ENVIR). */
export type StateHost = 'sod' | 'qaonline' | 'online';

/**
 * Development, stage or production, by the prefix at which the customer works
 * (docs: app-envir-intro; development `sod2`, `app-sod`; stage `stage`, `app-stage`).
 */
export function stateHostOf(domainPrefix: string): StateHost {
  if (/^(app-)?sod\d*$/.test(domainPrefix)) return 'sod';
  if (/^((app-)?stage|qaonline)\d*$/.test(domainPrefix)) return 'qaonline';
  return 'online';
}

/** Where the state API tells of a customer: `https://online.superoffice.com/api/state/Cust12345`. */
export function stateUrl({ domainPrefix, customerInstance }: Customer, domain: string): URL {
  const host = `${stateHostOf(domainPrefix)}.${domain}`;
  return new URL(`https://${host}/api/state/${encodeURIComponent(customerInstance)}`);
}
