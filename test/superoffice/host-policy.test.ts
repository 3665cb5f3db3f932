import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HostRefusedError } from '../../src/domain/errors.js';
import { assertAllowedAddress, assertAllowedUrl } from '../../src/superoffice/host-policy.js';
import { scriptUrl } from '../../src/superoffice/script-url.js';
import { addressPieces, mutated } from '../support/mutated-text.js';

describe('assertAllowedUrl', () => {
  const check =
    (url: string, domain = 'superoffice.com') =>
    () =>
      assertAllowedUrl(new URL(url), { domain });

  test.each([
    'https://online2.superoffice.com/Cust12345',
    'https://ONLINE2.SuperOffice.com/Cust12345',
    'https://online2.superoffice.com:443/Cust12345',
    'https://app-sod.superoffice.com/?key=1',
    'https://disasterrecovery.superoffice.com',
    'https://1.superoffice.com',
    `https://${'a'.repeat(63)}.superoffice.com`,
  ])('allows %s', (url) => expect(check(url)).not.toThrow());

  test.each([
    ['plain HTTP', 'http://online2.superoffice.com/'],
    ['another scheme', 'ftp://online2.superoffice.com/'],
    ['the domain itself', 'https://superoffice.com/'],
    ['another domain', 'https://example.com/'],
    ['the domain as a prefix', 'https://superoffice.com.evil.example/'],
    ['the domain as an ending without a dot', 'https://evilsuperoffice.com/'],
    ['the domain after a hyphen', 'https://a-superoffice.com/'],
    ['the domain in the path', 'https://evil.example/online2.superoffice.com'],
    ['the domain in the query', 'https://evil.example/?online2.superoffice.com'],
    ['the domain in the fragment', 'https://evil.example/#online2.superoffice.com'],
    ['the domain as a user', 'https://online2.superoffice.com@evil.example/'],
    ['the domain as a user, with a backslash', 'https://evil.example\\@online2.superoffice.com/'],
    ['a user', 'https://user@online2.superoffice.com/'],
    ['a password', 'https://:secret@online2.superoffice.com/'],
    ['another port', 'https://online2.superoffice.com:8443/'],
    ['the port of HTTP', 'https://online2.superoffice.com:80/'],
    ['a trailing dot', 'https://online2.superoffice.com./'],
    ['two dots', 'https://online2..superoffice.com/'],
    ['an empty label', 'https://.superoffice.com/'],
    ['a subdomain of a subdomain', 'https://a.online2.superoffice.com/'],
    ['a hyphen at the start', 'https://-a.superoffice.com/'],
    ['a hyphen at the end', 'https://a-.superoffice.com/'],
    ['an underscore', 'https://a_b.superoffice.com/'],
    ['a name in another alphabet', 'https://ønline.superoffice.com/'],
    ['such a name as the DNS has it', 'https://xn--nline-hua.superoffice.com'],
    ['a label longer than there are', `https://${'a'.repeat(64)}.superoffice.com`],
    ['a wildcard', 'https://*.superoffice.com/'],
    ['an IPv4 address', 'https://127.0.0.1/'],
    ['an IPv4 address as one number', 'https://2130706433/'],
    ['an IPv4 address in hexadecimal', 'https://0x7f.1/'],
    ['an IPv6 address', 'https://[::1]/'],
    ['look-alike letters', 'https://online2.supеroffice.com/'],
    ['punycode of another domain', 'https://online2.xn--suproffice-6ib.com/'],
    ['localhost', 'https://localhost/'],
  ])('refuses %s', (_, url) => expect(check(url)).toThrow(HostRefusedError));

  test('takes the full-width form for what it is: the host itself', () => {
    expect(check('https://online2.ｓuperoffice.com/')).not.toThrow();
  });

  test('a domain with a port allows this port alone', () => {
    const domain = 'superoffice.localhost:8443';
    expect(check('https://online2.superoffice.localhost:8443/', domain)).not.toThrow();
    expect(check('https://online2.superoffice.localhost/', domain)).toThrow(HostRefusedError);
    expect(check('https://online2.superoffice.localhost:18443/', domain)).toThrow(HostRefusedError);
    expect(check('https://online2.superoffice.localhost:443/', domain)).toThrow(HostRefusedError);
  });

  test('says nothing of the URL in its error', () => {
    expect(check('https://evil.example/?key=zq7-secret')).toThrow(
      new HostRefusedError('This host is not one of the SuperOffice hosts that may be called.'),
    );
  });
});

describe('whatever the state API, or a row of the database, gives for an address', () => {
  const prefix = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,12}[a-z0-9])?$/);
  const endpoint = fc.tuple(prefix, fc.nat()).map(([host, n]) => `https://${host}.superoffice.com/Cust${n}`);

  /** Node's parser, by which the call is made, says where an address leads. */
  const leadsTo = ({ protocol, hostname, port, username, password }: URL) =>
    `${protocol}//${username}${password}${port}${hostname}`;

  test('what may be called is a subdomain of SuperOffice over HTTPS, and nothing else', () => {
    const anyAddress = fc.oneof(
      { weight: 8, arbitrary: mutated(endpoint, addressPieces) },
      fc.webUrl(),
      fc.string({ unit: 'binary' }),
    );
    let allowed = 0;
    fc.assert(
      fc.property(anyAddress, (address) => {
        if (!URL.canParse(address)) return;
        let url: URL;
        try {
          url = scriptUrl(address, 'dci-receive-summary', 'the key');
          assertAllowedUrl(url, { domain: 'superoffice.com' });
        } catch (error) {
          expect(error).toBeInstanceOf(HostRefusedError);
          return;
        }
        allowed += 1;
        expect(leadsTo(url)).toMatch(/^https:\/\/[a-z0-9]([a-z0-9-]*[a-z0-9])?\.superoffice\.com$/);
        expect([...url.searchParams.keys()]).toEqual(['action', 'includeId', 'key']);
      }),
      { numRuns: 5_000 },
    );
    // Mutations do not break every address.
    expect(allowed).toBeGreaterThan(20);
  });
});

describe('assertAllowedAddress', () => {
  const check =
    (address: string, ...privateNetworks: string[]) =>
    () =>
      assertAllowedAddress(address, { privateNetworks });

  test.each(['8.8.8.8', '185.9.10.11', '::ffff:8.8.8.8', '2606:4700::1111', '2a00:1450:4001::200e'])(
    'allows %s',
    (address) => expect(check(address)).not.toThrow(),
  );

  const notPublic = [
    ['this host', '0.0.0.0'],
    ['loopback', '127.0.0.1'],
    ['loopback, elsewhere', '127.255.255.254'],
    ['private 10/8', '10.0.0.1'],
    ['private 172.16/12', '172.31.255.255'],
    ['private 192.168/16', '192.168.1.1'],
    ['link-local', '169.254.0.1'],
    ['metadata of a cloud', '169.254.169.254'],
    ['CGNAT', '100.64.0.1'],
    ['CGNAT, metadata', '100.100.100.200'],
    ['documentation', '192.0.2.1'],
    ['benchmarks', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 unspecified', '::'],
    ['IPv6 loopback', '::1'],
    ['IPv6 unique local', 'fd00::1'],
    ['IPv6 metadata of a cloud', 'fd00:ec2::254'],
    ['IPv6 link-local', 'fe80::1'],
    ['IPv6 link-local with its zone', 'fe80::1%eth0'],
    ['IPv6 site-local', 'fec0::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['IPv6 documentation', '2001:db8::1'],
    ['IPv6 outside of what is public', '4000::1'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped loopback in hexadecimal', '::ffff:7f00:1'],
    ['mapped metadata', '::ffff:a9fe:a9fe'],
    ['mapped private', '::ffff:10.0.0.1'],
    ['compatible loopback', '::7f00:1'],
    ['translated loopback', '::ffff:0:127.0.0.1'],
    ['NAT64 of metadata', '64:ff9b::a9fe:a9fe'],
    ['NAT64 of a public address', '64:ff9b::808:808'],
    ['NAT64 of a network', '64:ff9b:1::7f00:1'],
    ['6to4 of loopback', '2002:7f00:1::'],
    ['Teredo', '2001::7f00:1'],
  ] as const;

  test.each(notPublic)('refuses %s', (_, address) => expect(check(address)).toThrow(HostRefusedError));

  test('allows a network by name, and that alone', () => {
    expect(check('127.0.0.1', '10.0.0.0/8', '127.0.0.0/8')).not.toThrow();
    expect(check('::ffff:127.0.0.1', '127.0.0.0/8')).not.toThrow();
    expect(check('fd00::1', 'fd00::/8')).not.toThrow();
    expect(check('10.0.0.1', '127.0.0.0/8', 'fd00::/8')).toThrow(HostRefusedError);
    expect(check('::1', '127.0.0.0/8')).toThrow(HostRefusedError);
    expect(check('10.0.1.1', '10.0.0.0/24')).toThrow(HostRefusedError);
  });

  test('refuses what is no address', () => {
    expect(check('localhost')).toThrow();
    expect(check('')).toThrow();
  });
});
