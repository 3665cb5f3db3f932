import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { createSecureContext } from 'node:tls';
import { Agent, buildConnector } from 'undici';
import type { HostRefusedError } from '../domain/errors.js';
import { assertAllowedAddress, type HostPolicy } from './host-policy.js';

/** Time to reach a host, in milliseconds, TLS included. */
const CONNECT_TIMEOUT_MS = 10_000;

export interface GuardedAgentOptions {
  policy: HostPolicy;
  /** Certificate authorities (PEM) to trust beside the public ones. */
  certificateAuthorities?: readonly string[] | undefined;
  /** For tests of the guard. */
  resolve?: (hostname: string) => Promise<dns.LookupAddress[]>;
}

/** A pool of HTTPS connections that checks every address at the moment of connecting, before a byte is sent. */
export function createGuardedAgent({
  policy,
  certificateAuthorities,
  resolve = resolveHost,
}: GuardedAgentOptions): Agent {
  const connect = buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    lookup: guardedLookup(policy, resolve),
    // Made once: reading all authorities anew takes each connection milliseconds of the processor.
    secureContext: createSecureContext(certificateAuthorities && { ca: [...certificateAuthorities] }),
  });
  return new Agent({ connect: guardedConnector(policy, connect) });
}

/** A host that is an address already, such as that of a script on premises, is never looked up: it is checked here. */
function guardedConnector(policy: HostPolicy, connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    const { hostname } = options;
    try {
      if (isIP(hostname) !== 0) assertAllowedAddress(hostname, policy);
    } catch (error) {
      callback(error as HostRefusedError, null);
      return;
    }
    connect(options, callback);
  };
}

function guardedLookup(
  policy: HostPolicy,
  resolve: (hostname: string) => Promise<dns.LookupAddress[]>,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        try {
          for (const { address } of addresses) assertAllowedAddress(address, policy);
        } catch (error) {
          callback(error as HostRefusedError, '', 0);
          return;
        }
        const [first] = addresses;
        if (!first) callback(new Error('The host has no address.'), '', 0);
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 0),
    );
  };
}

/** Names below `localhost` are this machine's own loopback addresses (RFC 6761 §6.3), whatever the resolver thinks. */
async function resolveHost(hostname: string): Promise<dns.LookupAddress[]> {
  if (hostname.endsWith('.localhost')) return [{ address: '127.0.0.1', family: 4 }];
  return dns.promises.lookup(hostname, { all: true });
}
