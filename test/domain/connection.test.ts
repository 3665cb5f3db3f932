import { describe, expect, test } from 'vitest';
import { connectionInputSchema } from '../../src/domain/connection.js';

const input = { domainPrefix: 'online2', customerInstance: 'Cust12345', token: 'a-key' };

function issuesOf(changes: Record<string, unknown>) {
  return connectionInputSchema
    .safeParse({ ...input, ...changes })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('connectionInputSchema', () => {
  test('fills in the include name and the time zone', () => {
    expect(connectionInputSchema.parse(input)).toEqual({
      ...input,
      includeId: 'dci-receive-summary',
      timeZone: 'Europe/Stockholm',
    });
  });

  test.each([
    ['domainPrefix', ' Online2 ', 'online2'],
    ['domainPrefix', 'a', 'a'],
    ['domainPrefix', 'app-sod', 'app-sod'],
    ['domainPrefix', 'x'.repeat(63), 'x'.repeat(63)],
    ['customerInstance', 'cust12345', 'Cust12345'],
    ['customerInstance', ' CUST1 ', 'Cust1'],
    ['customerInstance', 'Cust00012', 'Cust00012'],
    ['token', ' key with spaces, & = # + % Å \n', 'key with spaces, & = # + % Å'],
    ['token', 'x'.repeat(255), 'x'.repeat(255)],
    ['includeId', ' my-script ', 'my-script'],
    ['timeZone', 'Asia/Kolkata', 'Asia/Kolkata'],
    ['timeZone', 'UTC', 'UTC'],
  ])('reads %s %o', (field, given, read) => {
    expect(connectionInputSchema.parse({ ...input, [field]: given })).toHaveProperty(field, read);
  });

  test.each([
    'https://online2.superoffice.com',
    'https://online2.superoffice.com/Cust12345/default.aspx',
    'online2.superoffice.com',
    'online2/',
    'online2.',
    '-online2',
    'online2-',
    'on line2',
    'ønline2',
    'x'.repeat(64),
    '',
  ])('refuses the domain prefix %o, and says what a prefix is', (domainPrefix) => {
    expect(issuesOf({ domainPrefix })).toEqual([
      'domainPrefix: Give only the subdomain of your SuperOffice address: "online2", not "https://online2.superoffice.com".',
    ]);
  });

  test.each(['12345', 'Cust', 'Cust12a', 'Cust-1', 'Cust12345678901', 'Cust1/../Cust2', 'Cust١٢٣', ''])(
    'refuses the customer instance %o',
    (customerInstance) => {
      expect(issuesOf({ customerInstance })).toEqual([
        'customerInstance: Give the customer instance as in your SuperOffice address, such as "Cust12345".',
      ]);
    },
  );

  test.each([
    ['   ', 'Give the key of the receiver script in SuperOffice.'],
    ['x'.repeat(256), 'The key of a SuperOffice script has at most 255 characters.'],
    ['a\u0000b', 'The key must not contain control characters.'],
    ['a\nb', 'The key must not contain control characters.'],
    ['a\u0085b', 'The key must not contain control characters.'],
  ])('refuses the key (%#): %2$s', (token, message) => {
    expect(issuesOf({ token })).toEqual([`token: ${message}`]);
  });

  test.each([
    ['includeId', ''],
    ['includeId', 'x'.repeat(256)],
    ['includeId', 'a\tb'],
    ['timeZone', ''],
    ['timeZone', 'Stockholm'],
    ['timeZone', 'Mars/Olympus'],
    ['timeZone', 7],
  ])('refuses %s %o', (field, value) => {
    expect(issuesOf({ [field]: value })).toEqual([expect.stringMatching(`^${field}: `)]);
  });

  test('names every wrong field at once, and never quotes the key', () => {
    const token = `zq7-secret${'x'.repeat(300)}`;
    const issues = issuesOf({ domainPrefix: '', customerInstance: '', token, timeZone: '-' });
    expect(issues).toHaveLength(4);
    expect(issues?.join()).not.toContain('zq7-secret');
  });
});
