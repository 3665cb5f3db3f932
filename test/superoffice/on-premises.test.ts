import { describe, expect, test } from 'vitest';
import { HostRefusedError } from '../../src/domain/errors.js';
import { assertAllowedUrl } from '../../src/superoffice/host-policy.js';
import { parseOnPremises } from '../../src/superoffice/on-premises.js';
import { scriptUrl } from '../../src/superoffice/script-url.js';
import { CUST, summaryPush } from './support/summary-push.js';
import { createTenantDirectory } from '../../src/superoffice/tenant-directory.js';
import { withSuperOffice } from './support/with-superoffice.js';

const ADDRESS = 'https://crm.example.com/scripts/customer.fcgi';

describe('parseOnPremises', () => {
  test('takes an instance of ten digits, and blanks around an entry', () => {
    expect(parseOnPremises(` \tCust1234567890=${ADDRESS} \n`)).toEqual(
      new Map([['Cust1234567890', ADDRESS]]),
    );
  });

  test('reads customer instances and where their script is', () => {
    expect(parseOnPremises(`Cust90001=${ADDRESS}, Cust90002=https://10.1.2.3:8443/cs/Customer.exe`)).toEqual(
      new Map([
        ['Cust90001', ADDRESS],
        ['Cust90002', 'https://10.1.2.3:8443/cs/Customer.exe'],
      ]),
    );
  });

  test.each([
    ['plain HTTP', 'Cust1=http://crm.example.com/scripts/customer.fcgi'],
    ['no script', 'Cust1=https://crm.example.com/'],
    ['something below a script', `Cust1=${ADDRESS}/zq7`],
    ['another script', 'Cust1=https://crm.example.com/scripts/zq7-customer.fcgi'],
    ['what is no address', 'Cust1=zq7-customer.fcgi'],
    ['a fragment', `Cust1=${ADDRESS}#zq7`],
    ['a user', 'Cust1=https://zq7@crm.example.com/scripts/customer.fcgi'],
    ['more before it', `zq7 Cust1=${ADDRESS}`],
    ['more behind it', `Cust1=${ADDRESS} zq7`],
    ['an instance with more digits than there are', `Cust12345678901=${ADDRESS}`],
    ['a key', `Cust1=${ADDRESS}?key=zq7-secret`],
    ['a password', 'Cust1=https://user:zq7-secret@crm.example.com/scripts/customer.fcgi'],
    ['no instance', ADDRESS],
    ['an instance of another form', `acme=${ADDRESS}`],
    ['an empty entry', `Cust1=${ADDRESS},`],
  ])('refuses %s, and quotes nothing', (_what, text) => {
    expect(() => parseOnPremises(text)).toThrow(
      /^must be customer instances and addresses of scripts, (?!.*zq7)/,
    );
  });
});

describe('an address of the allow-list', () => {
  const policy = { domain: 'superoffice.com', onPremises: parseOnPremises(`Cust90001=${ADDRESS}`) };

  test('is called as it is, with the query that every script gets', () => {
    const url = scriptUrl(ADDRESS, 'dci-receive-summary', 'k');
    expect(url.href).toBe(`${ADDRESS}?action=safeParse&includeId=dci-receive-summary&key=k`);
    expect(() => assertAllowedUrl(url, policy)).not.toThrow();
    expect(() => assertAllowedUrl(new URL(ADDRESS), policy)).not.toThrow();
  });

  test.each([
    'https://crm.example.com/scripts/other.fcgi?key=k',
    'https://crm.example.com/scripts/customer.fcgi/?key=k',
    'https://crm.example.com/scripts/customer.fcg',
    'https://crm.example.com/scripts/customer.fcgi#x',
    'https://crm.example.com:8443/scripts/customer.fcgi?key=k',
    'http://crm.example.com/scripts/customer.fcgi?key=k',
    'https://user@crm.example.com/scripts/customer.fcgi?key=k',
    'https://other.example.com/scripts/customer.fcgi?key=k',
    'https://other.example.com/?x=https://crm.example.com/scripts/customer.fcgi?',
  ])('allows nothing beside it: %s', (url) => {
    expect(() => assertAllowedUrl(new URL(url), policy)).toThrow(HostRefusedError);
  });
});

describe('a customer on premises', () => {
  const superOffice = withSuperOffice();

  test('gets its summaries without a question to the state API, and without being of the domain', async () => {
    const address = `https://online2.${superOffice.sandbox.domain}/${CUST}/CS/scripts/customer.fcgi`;
    const policy = {
      domain: 'superoffice.com',
      privateNetworks: ['127.0.0.0/8'],
      onPremises: new Map([[CUST, address]]),
    };
    const directory = createTenantDirectory({ dispatcher: superOffice.dispatcher, policy });
    const client = superOffice.client({ policy, directory });
    expect(await client.push(summaryPush())).toMatchObject({
      endpoint: address,
      meaning: { next: 'done', receipt: { result: 'created' } },
    });
    superOffice.sandbox.addFaults(CUST, { type: 'status', status: 503, times: 1 });
    expect(await client.push(summaryPush())).toMatchObject({ status: 503, meaning: { next: 'retry' } });
    expect(await client.push(summaryPush())).toMatchObject({ meaning: { receipt: { result: 'duplicate' } } });
    expect(superOffice.sandbox.counters(CUST)).toMatchObject({ hits: 3, stateLookups: 0 });
  });
});
