import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ApiToken, findCaller, parseApiTokens } from '../../src/domain/api-token.js';

const TOKEN = 'a-long-random-token-of-dci';
const OTHER = 'b-long-random-token:of-ops';

describe('findCaller', () => {
  let tokens: ApiToken[];
  beforeAll(() => {
    tokens = parseApiTokens(` dci:${TOKEN} , ops:${OTHER}`);
  });

  test('knows whose token it is, also one with a colon in it', () => {
    expect(findCaller(tokens, TOKEN)).toBe('dci');
    expect(findCaller(tokens, OTHER)).toBe('ops');
  });

  test.each([
    ['', 'nothing'],
    [TOKEN.slice(0, -1), 'a prefix'],
    [`${TOKEN}x`, 'a longer one'],
    [TOKEN.toUpperCase(), 'another case'],
    [` ${TOKEN}`, 'one with a space'],
    [`dci:${TOKEN}`, 'the whole pair'],
    ['x'.repeat(100_000), 'a huge one'],
  ])('takes no other token (%#: %2$s)', (presented) => {
    expect(findCaller(tokens, presented)).toBeUndefined();
  });

  test('keeps no token, only its digest', () => {
    expect(JSON.stringify(tokens)).not.toContain(TOKEN);
    const digests = [TOKEN, OTHER].map((token) => createHash('sha256').update(token).digest());
    expect(tokens).toEqual([
      { name: 'dci', digest: digests[0] },
      { name: 'ops', digest: digests[1] },
    ]);
  });
});

describe('parseApiTokens', () => {
  test('takes a token of sixteen characters, and a name of sixty-four', () => {
    const name = 'x'.repeat(64);
    expect(findCaller(parseApiTokens(`${name}:0123456789abcdef`), '0123456789abcdef')).toBe(name);
  });

  test.each([
    ['', 'must be name:token pairs, separated by commas'],
    [TOKEN.replaceAll('-', '!'), 'must be name:token pairs, separated by commas'],
    [`:${TOKEN}`, 'must be name:token pairs, separated by commas'],
    [`d ci:${TOKEN}`, 'must be name:token pairs, separated by commas'],
    [`dci:${TOKEN},`, 'must be name:token pairs, separated by commas'],
    [`${'x'.repeat(65)}:${TOKEN}`, 'must be name:token pairs, separated by commas'],
    ['dci', 'has a token with fewer than 16 characters (pair 1)'],
    ['dci:short', 'has a token with fewer than 16 characters (pair 1)'],
    [`dci:${TOKEN},ops:short`, 'has a token with fewer than 16 characters (pair 2)'],
  ])('refuses %o', (text, message) => {
    expect(() => parseApiTokens(text)).toThrow(new Error(message));
  });

  test.each([
    ['that stands in the place of the name', `${TOKEN}:dci`],
    ['that has a comma in it', `dci:a-long-random-token,${TOKEN}`],
  ])('does not quote a token %s', (_, text) => {
    expect(() => parseApiTokens(text)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(TOKEN) as string }),
    );
  });
});
