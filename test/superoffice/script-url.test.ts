import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scriptUrl } from '../../src/superoffice/script-url.js';

const ENDPOINT = 'https://online2.superoffice.com/Cust12345';

describe('scriptUrl', () => {
  test('is the address of the script endpoint, below the tenant', () => {
    expect(scriptUrl(ENDPOINT, 'dci-receive-summary', 'a-key').href).toBe(
      `${ENDPOINT}/CS/scripts/customer.fcgi?action=safeParse&includeId=dci-receive-summary&key=a-key`,
    );
  });

  test.each([`${ENDPOINT}/`, `${ENDPOINT}///`, 'https://online2.superoffice.com:443/Cust12345'])(
    'is the same for the endpoint %s',
    (endpoint) => {
      expect(scriptUrl(endpoint, 'i', 'k').href).toBe(scriptUrl(ENDPOINT, 'i', 'k').href);
    },
  );

  test('encodes a key that has the marks of a query in it', () => {
    const url = scriptUrl(ENDPOINT, 'a b&key=x', 'k+ey&includeId=x#/?%41ÅÄ🪑=');
    expect(url.search).toBe(
      '?action=safeParse&includeId=a+b%26key%3Dx' +
        '&key=k%2Bey%26includeId%3Dx%23%2F%3F%2541%C3%85%C3%84%F0%9F%AA%91%3D',
    );
    expect(url.hash).toBe('');
  });

  test('brings every key and include name over unchanged, and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (includeId, key) => {
        const url = scriptUrl(ENDPOINT, includeId, key);
        expect([...url.searchParams]).toEqual([
          ['action', 'safeParse'],
          ['includeId', includeId],
          ['key', key],
        ]);
        expect(url.pathname).toBe('/Cust12345/CS/scripts/customer.fcgi');
      }),
    );
  });
});
