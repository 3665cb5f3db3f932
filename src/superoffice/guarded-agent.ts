import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
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
  return new Agent({
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      lookup: guardedLookup(policy, resolve),
      ...(certificateAuthorities && { ca: [...certificateAuthorities] }),
    },
  });
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
