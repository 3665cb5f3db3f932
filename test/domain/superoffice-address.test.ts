import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSuperOfficeAddress } from '../../src/domain/superoffice-address.js';
import { addressPieces, mutated } from '../support/mutated-text.js';

const DOMAIN = 'superoffice.com';
const parse = (entered: string, domain = DOMAIN) => parseSuperOfficeAddress(entered, domain);

describe('what an admin enters for the domain prefix', () => {
  test.each([
    ['online2', { domainPrefix: 'online2' }],
    [' App-SOD \n', { domainPrefix: 'app-sod' }],
    ['online2.superoffice.com', { domainPrefix: 'online2' }],
    ['ONLINE2.SuperOffice.com/', { domainPrefix: 'online2' }],
    ['http://online2.superoffice.com', { domainPrefix: 'online2' }],
    ['https://sod2.superoffice.com:443/Cust00000', { domainPrefix: 'sod2', customerInstance: 'Cust00000' }],
    [
      'https://online2.superoffice.com/Cust12345/default.aspx?person_id=1&key=not-a-script#x',
      { domainPrefix: 'online2', customerInstance: 'Cust12345' },
    ],
    ['online3.superoffice.com/cust7', { domainPrefix: 'online3', customerInstance: 'cust7' }],
    ['https://online2.superoffice.com/login?ctx=1', { domainPrefix: 'online2' }],
    [
      'https://online2.superoffice.com/Cust12345/CS/scripts/customer.fcgi?action=safeParse&includeId=a%26b&key=k%2Be+y',
      { domainPrefix: 'online2', customerInstance: 'Cust12345', includeId: 'a&b', token: 'k+e y' },
    ],
    [
      'https://online2.superoffice.com/Cust1/cs/scripts/customer.fcgi?key=&includeId=',
      { domainPrefix: 'online2', customerInstance: 'Cust1' },
    ],
    [
      'https://online2.superoffice.com/Cust1/CS/scripts/customer.fcgi?key=+k%09&includeId=%20i%0A',
      { domainPrefix: 'online2', customerInstance: 'Cust1', includeId: 'i', token: 'k' },
    ],
    [
      'https://online2.superoffice.com/Cust1/CS/scripts/customer.fcgi?action=safeParse',
      { domainPrefix: 'online2', customerInstance: 'Cust1' },
    ],
    [
      'https://online2.superoffice.com/Cust1/CS/scripts/customer.fcgi/more?key=not-a-script',
      { domainPrefix: 'online2', customerInstance: 'Cust1' },
    ],
  ])('%o is split', (entered, address) => {
    expect(parse(entered)).toEqual(address);
  });

  test.each([
    '',
    '-online2',
    'online2.',
    'online2/',
    'x'.repeat(64),
    'superoffice.com',
    'https://superoffice.com/Cust1',
    'https://.superoffice.com',
    'https://online2.superoffice.com.',
    'https://online2.superoffice.com.evil.example/Cust1',
    'https://online2.superoffice.com@evil.example/Cust1',
    'https://evil.example/online2.superoffice.com',
    'https://evil.example?.superoffice.com',
    'https://evil.example#.superoffice.com',
    String.raw`https://evil.example\.superoffice.com`,
    'https://user:pass@online2.superoffice.com/Cust1',
    'https://user@online2.superoffice.com/Cust1',
    'https://:pass@online2.superoffice.com/Cust1',
    'https://online2.superoffice.com:8443/Cust1',
    'https://a.b.superoffice.com',
    'https://xn--nline2-fya.superoffice.com',
    'https://ønline2.superoffice.com',
    'https://onlinesuperoffice.com',
    'ftp://online2.superoffice.com/Cust1',
    'javascript:alert(1)//.superoffice.com',
    'file:///etc/passwd',
    '127.0.0.1',
    'https://[::1].superoffice.com',
  ])('%o is refused', (entered) => {
    expect(parse(entered)).toBeUndefined();
  });

  test('the port belongs to the domain', () => {
    const domain = 'superoffice.localhost:8443';
    expect(parse('https://online2.superoffice.localhost:8443/Cust1', domain)).toEqual({
      domainPrefix: 'online2',
      customerInstance: 'Cust1',
    });
    expect(parse('https://online2.superoffice.localhost/Cust1', domain)).toBeUndefined();
  });
});

/** Text out of pieces of addresses, in any order: closer to the edge than random letters. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'https://',
          'http:',
          '//',
          '/',
          '\\',
          '@',
          ':',
          '.',
          '?',
          '#',
          '%2f',
          '%00',
          '\t',
          '\n',
          ' ',
          '。',
        ],
        ...['online2', 'superoffice.com', '.superoffice.com', 'evil.example', '[::1]', '127.1', 'xn--a', 'Å'],
        ...['Cust1', '/CS/scripts/customer.fcgi', 'key=', 'includeId=', '&', ':443', ':8443'],
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('whatever is entered', () => {
  test('the prefix is one plain label, and the address built of it is on the domain', () => {
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string(), fc.webUrl()), (entered) => {
        const address = parse(entered);
        if (!address) return;
        expect(address.domainPrefix).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
        const { hostname, port, username } = new URL(`https://${address.domainPrefix}.${DOMAIN}/`);
        expect({ hostname, port, username }).toEqual({
          hostname: `${address.domainPrefix}.${DOMAIN}`,
          port: '',
          username: '',
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test('an address that was mutated is understood only where a browser would go to the domain with it', () => {
    const valid = fc.constantFrom(
      'online2',
      'online2.superoffice.com',
      'https://online2.superoffice.com/Cust12345',
      'https://online2.superoffice.com/Cust12345/CS/scripts/customer.fcgi?action=safeParse&includeId=i&key=k',
    );
    let understood = 0;
    fc.assert(
      fc.property(mutated(valid, addressPieces), (entered) => {
        const address = parse(entered);
        if (!address) return;
        understood += 1;
        const text = entered.trim();
        const isBare = text.toLowerCase() === address.domainPrefix;
        if (!isBare) {
          const { hostname } = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
          expect(hostname).toBe(`${address.domainPrefix}.${DOMAIN}`);
        }
        expect(address.domainPrefix).toMatch(/^(?!xn--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
        expect(address.customerInstance ?? 'Cust1').toMatch(/^cust\d{1,10}$/i);
      }),
      { numRuns: 5_000 },
    );
    expect(understood).toBeGreaterThan(20);
  });

  test('an address of another host is never split', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    const otherHost = fc
      .tuple(label, label, label)
      .map((labels) => labels.join('.'))
      .filter((host) => !host.endsWith(`.${DOMAIN}`));
    fc.assert(
      fc.property(otherHost, fc.webPath(), (host, path) => {
        expect(parse(`https://${host}${path}`)).toBeUndefined();
      }),
    );
  });

  test('every page of a tenant on the domain is split into its prefix and its instance', () => {
    const prefix = fc
      .stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/)
      .filter((it) => !it.startsWith('xn--'));
    const instance = fc.stringMatching(/^Cust\d{1,10}$/);
    fc.assert(
      fc.property(prefix, instance, fc.webPath(), fc.webQueryParameters(), (host, cust, path, query) => {
        expect(parse(`https://${host}.${DOMAIN}/${cust}${path}?${query}`)).toMatchObject({
          domainPrefix: host,
          customerInstance: cust,
        });
      }),
    );
  });
});
