import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { HostRefusedError } from '../../src/domain/errors.js';
import { TransportError } from '../../src/superoffice/http.js';
import { guardedListener } from './support/guarded-listener.js';

const PRIVATE = { address: '127.0.0.1', family: 4 };
const PUBLIC = { address: '203.0.114.1', family: 4 };

/** Calls a server on this machine under a name that resolves to the given addresses. */
async function call(addresses: LookupAddress[] | Error, privateNetworks: string[] = []) {
  const resolved: string[] = [];
  const { call: callHost, connections } = await guardedListener(privateNetworks, (hostname) => {
    resolved.push(hostname);
    return addresses instanceof Error ? Promise.reject(addresses) : Promise.resolve(addresses);
  });
  const error = await callHost('online2.superoffice.com');
  return { error, resolved, connections: connections() };
}

describe('the guarded agent', () => {
  test.each([
    ['a private address', [PRIVATE]],
    ['a private address after a public one', [PUBLIC, PRIVATE]],
    ['a private address before a public one', [PRIVATE, PUBLIC]],
    ['a mapped private address', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    ['the metadata of a cloud', [{ address: '169.254.169.254', family: 4 }]],
    ['loopback in IPv6 and IPv4', [{ address: '::1', family: 6 }, PRIVATE]],
  ])('refuses a name that resolves to %s, before it connects', async (_, addresses) => {
    const { error, resolved, connections } = await call(addresses);
    expect(error).toBeInstanceOf(HostRefusedError);
    expect(resolved).toEqual(['online2.superoffice.com']);
    expect(connections).toBe(0);
  });

  test('refuses an address in place of a name as well, and looks nothing up', async () => {
    const resolved: string[] = [];
    const { call: callHost, connections } = await guardedListener([], (hostname) => {
      resolved.push(hostname);
      return Promise.resolve([]);
    });
    expect(await callHost('127.0.0.1')).toBeInstanceOf(HostRefusedError);
    expect({ resolved, connections: connections() }).toEqual({ resolved: [], connections: 0 });
  });

  test('connects to an address whose network is allowed by name', async () => {
    const { call: callHost, connections } = await guardedListener(['127.0.0.0/8'], () => Promise.resolve([]));
    expect(await callHost('127.0.0.1')).toEqual(new TransportError('network'));
    expect(connections()).toBe(1);
  });

  test('connects where the private network is allowed by name', async () => {
    const { error, connections } = await call([PRIVATE], ['127.0.0.0/8']);
    expect(error).toEqual(new TransportError('network'));
    expect(connections).toBe(1);
  });

  test('refuses a mixed answer of which one network alone is allowed', async () => {
    const { error, connections } = await call([PRIVATE, { address: '10.0.0.1', family: 4 }], ['127.0.0.0/8']);
    expect(error).toBeInstanceOf(HostRefusedError);
    expect(connections).toBe(0);
  });

  test.each([
    ['does not resolve', new Error('getaddrinfo ENOTFOUND')],
    ['has no address', []],
    ['resolves to what is no address', [{ address: 'localhost', family: 4 }]],
  ])('a name that %s is trouble of the network', async (_, addresses) => {
    const { error, connections } = await call(addresses);
    expect(error).toEqual(new TransportError('network'));
    expect(connections).toBe(0);
  });
});
