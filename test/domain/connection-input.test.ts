import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { connectionInputSchema } from '../../src/domain/connection-input.js';

const schema = () => connectionInputSchema('superoffice.com');
const input = { domainPrefix: 'online2', customerInstance: 'Cust12345', token: 'a-key' };

function issuesOf(changes: Record<string, unknown>) {
  return schema()
    .safeParse({ ...input, ...changes })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('connectionInputSchema', () => {
  test('fills in the include name and the time zone', () => {
    expect(schema().parse(input)).toStrictEqual({
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
    ['token', 'a-key-with-http://-in-it', 'a-key-with-http://-in-it'],
    ['includeId', ' my-script ', 'my-script'],
    ['includeId', '', 'dci-receive-summary'],
    ['timeZone', 'Asia/Kolkata', 'Asia/Kolkata'],
    ['timeZone', ' UTC ', 'UTC'],
    ['signingSecret', ' 0123456789abcdef ', '0123456789abcdef'],
    ['signingSecret', 'Az09._~+/=-'.padEnd(128, 'x'), 'Az09._~+/=-'.padEnd(128, 'x')],
  ])('reads %s %o', (field, given, read) => {
    expect(schema().parse({ ...input, [field]: given })).toHaveProperty(field, read);
  });

  test.each([
    '',
    'too-short',
    'x'.repeat(129),
    'with "quotes" in it',
    'with a \\ in it...',
    'åäöåäöåäöåäöåäö',
  ])('refuses the signing secret %o, which would not stand in a script as it is', (signingSecret) => {
    expect(issuesOf({ signingSecret })).toEqual([
      'signingSecret: Give a signing secret of 16 to 128 letters, digits and the characters . _ ~ + / = -',
    ]);
  });

  test.each(['-online2', 'on line2', 'x'.repeat(64), 'https://online2.evil.example', ''])(
    'refuses the domain prefix %o, and says what to give instead',
    (domainPrefix) => {
      expect(issuesOf({ domainPrefix })).toEqual([
        'domainPrefix: Give the subdomain of your SuperOffice address, such as "online2", or the whole address, such as "https://online2.superoffice.com/Cust12345".',
      ]);
    },
  );

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
    ['x'.repeat(256), 'The include name of a SuperOffice script has at most 255 characters.'],
    ['a\tb', 'The include name must not contain control characters.'],
  ])('refuses the include name (%#): %2$s', (includeId, message) => {
    expect(issuesOf({ includeId })).toEqual([`includeId: ${message}`]);
  });

  test.each(['', 'Stockholm', 'Mars/Olympus'])('refuses the time zone %o', (timeZone) => {
    expect(issuesOf({ timeZone })).toEqual([
      'timeZone: Give a time zone of the IANA database, such as "Europe/Stockholm".',
    ]);
  });

  test.each(['customerInstance', 'token', 'includeId', 'timeZone'])(
    'refuses a %s that is no text',
    (field) => {
      expect(issuesOf({ [field]: 7 })).toEqual([expect.stringMatching(`^${field}: `)]);
    },
  );

  test('names every wrong field at once, and never quotes the key', () => {
    const token = `zq7-secret${'x'.repeat(300)}`;
    const issues = issuesOf({ domainPrefix: '', customerInstance: 'x', token, timeZone: '-' });
    expect(issues).toHaveLength(4);
    expect(issues?.join()).not.toContain('zq7-secret');
  });

  test('says of every field what it is, with an example that it takes', () => {
    const { properties = {}, inputExamples } = z.toJSONSchema(schema(), { io: 'input' });
    expect(Object.keys(properties)).toHaveLength(6);
    for (const [field, property] of Object.entries(properties)) {
      expect(property, field).toHaveProperty('description', expect.stringMatching(/^\p{Lu}.{15,}\.$/su));
    }
    const [example] = inputExamples as (typeof input)[];
    expect(schema().parse(example)).toMatchObject({ ...example });
  });
});

describe('an address in place of the domain prefix', () => {
  const page = 'https://Online2.superoffice.com/cust12345/default.aspx?dialog=stop#main';
  const script =
    'https://online2.superoffice.com/Cust12345/CS/scripts/customer.fcgi?action=safeParse&includeId=my%20script&key=zq7%2Bsecret';

  test.each([
    ['a host', { domainPrefix: 'online2.superoffice.com', customerInstance: 'Cust12345', token: 'k' }],
    ['a page', { domainPrefix: page, token: 'k' }],
    [
      'a page, and the same customer instance',
      { domainPrefix: page, token: 'k', customerInstance: 'CUST12345' },
    ],
    [
      'a page, and fields left empty',
      { domainPrefix: page, token: 'k', customerInstance: '', includeId: '' },
    ],
  ])('%s is split', (_, entered) => {
    expect(schema().parse(entered)).toEqual({
      domainPrefix: 'online2',
      customerInstance: 'Cust12345',
      token: 'k',
      includeId: 'dci-receive-summary',
      timeZone: 'Europe/Stockholm',
    });
  });

  test('that of the script brings include name and key along', () => {
    expect(schema().parse({ domainPrefix: script, token: '' })).toEqual({
      domainPrefix: 'online2',
      customerInstance: 'Cust12345',
      token: 'zq7+secret',
      includeId: 'my script',
      timeZone: 'Europe/Stockholm',
    });
  });

  test('and fields that say something else are refused, without quoting either', () => {
    const issues = schema()
      .safeParse({ domainPrefix: script, customerInstance: 'Cust1', token: 'other', includeId: 'other' })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    expect(issues).toEqual(
      ['customerInstance', 'token', 'includeId'].map(
        (field) => `${field}: The address in the domain prefix says something else; give one of the two.`,
      ),
    );
  });

  test('that lacks customer instance and key leaves them to be given', () => {
    const { error } = schema().safeParse({ domainPrefix: 'https://online2.superoffice.com/' });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['customerInstance', 'token']);
  });

  test('with a key that is too long is refused as such a key', () => {
    const { error } = schema().safeParse({ domainPrefix: script + 'x'.repeat(255) });
    expect(error?.issues).toMatchObject([
      { path: ['token'], message: expect.stringContaining('255') as string },
    ]);
    expect(error?.message).not.toContain('zq7');
  });

  test('of another host is refused without an echo, key and all', () => {
    const issues = issuesOf({ domainPrefix: script.replace('superoffice.com', 'evil.example') });
    expect(issues).toHaveLength(1);
    expect(issues?.join()).not.toMatch(/zq7|evil/);
  });

  test.each([
    script,
    'http://online2.superoffice.com',
    'online2.superoffice.com/Cust12345/CS/scripts/customer.fcgi?key=k',
  ])('belongs into the field of the prefix, not of the key: %s', (token) => {
    expect(issuesOf({ token })).toEqual([
      'token: Give only the key, or the whole address of the script as the domain prefix.',
    ]);
  });
});
