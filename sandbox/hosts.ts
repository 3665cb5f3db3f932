/** Every host of the sandbox is a subdomain of this; RFC 6761 §6.3 makes it this machine's loopback address. */
export const SANDBOX_DOMAIN = 'superoffice.localhost';

/** Hosts that answer for the state API: development, stage, production (docs: check-status.mdx, ENVIR). */
export const stateApiHosts: ReadonlySet<string> = new Set(['sod', 'qaonline', 'online']);

/**
 * The domain prefix of a Host header: `online2` of `online2.superoffice.localhost:8443`; undefined for a host that
 * is no direct subdomain of the sandbox.
 */
export function hostPrefix(host: string | undefined): string | undefined {
  return /^([a-z0-9-]+)\.superoffice\.localhost(?::\d+)?$/i.exec(host ?? '')?.[1]?.toLowerCase();
}

/** What follows the prefix in a Host header, port included: `superoffice.localhost:8443`. */
export function domainOf(host = ''): string {
  return host.slice(host.indexOf('.') + 1);
}
