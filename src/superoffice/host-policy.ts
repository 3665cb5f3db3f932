import ipaddr from 'ipaddr.js';
import { HostRefusedError } from '../domain/errors.js';
import { prefixOf } from '../domain/superoffice-address.js';
import type { OnPremises } from './on-premises.js';

/** Which hosts the service may call on behalf of a tenant. */
export interface HostPolicy {
  /** Only subdomains of this domain, on this port: `superoffice.com`, in tests `superoffice.localhost:8443`. */
  domain: string;
  /** Scripts that may be called though they are elsewhere. */
  onPremises?: OnPremises;
  /** Networks (CIDR) that may be reached though they are not public: none in production. */
  privateNetworks: readonly string[];
}

/**
 * Refuses every URL but HTTPS to a subdomain of the allowed domain (no other port, no credentials, no address in
 * numbers, no trailing dot) and to the very addresses of scripts on premises.
 *
 * @throws HostRefusedError
 */
export function assertAllowedUrl(
  url: URL,
  { domain, onPremises }: Pick<HostPolicy, 'domain' | 'onPremises'>,
): void {
  const isOnline =
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    prefixOf(url.host, domain) !== undefined;
  if (!isOnline && !isScriptOf(url, onPremises))
    throw new HostRefusedError('This host is not one of the SuperOffice hosts that may be called.');
}

/**
 * Refuses an address that is not public, unless its network is allowed by name. Checked at connect time, on what
 * the name resolved to: a check at the time of saving would miss a name that changes its address.
 *
 * @throws HostRefusedError
 */
export function assertAllowedAddress(
  address: string,
  { privateNetworks }: Pick<HostPolicy, 'privateNetworks'>,
): void {
  const parsed = ipaddr.process(address);
  const allowed =
    isPublic(parsed) ||
    privateNetworks.some((network) => {
      const [range, bits] = ipaddr.parseCIDR(network);
      return range.kind() === parsed.kind() && parsed.match(range, bits);
    });
  if (!allowed) throw new HostRefusedError('The host resolves to an address that is not public.');
}

/** All public IPv6 addresses lie in 2000::/3; what is outside and unnamed (`::127.0.0.1`) passes for unicast. */
const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(PUBLIC_IPV6);
}

function isScriptOf({ href, search }: URL, onPremises: OnPremises = new Map()): boolean {
  const address = search === '' ? href : href.slice(0, href.indexOf('?'));
  return [...onPremises.values()].includes(address);
}
