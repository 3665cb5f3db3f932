import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ApiToken, findToken, fingerprintOf, parseApiTokens } from '../../src/domain/api-token.js';

const TOKEN = 'a-long-random-token-of-dci';
const OTHER = 'b-long-random-token:of-ops';

describe('findToken', () => {
  let tokens: ApiToken[];
  beforeAll(() => {
    tokens = parseApiTokens(` dci:${TOKEN} , ops:${OTHER}`);
  });

  test('knows whose token it is, also one with a colon in it', () => {
    expect(findToken(tokens, TOKEN)?.name).toBe('dci');
    expect(findToken(tokens, OTHER)?.name).toBe('ops');
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
    expect(findToken(tokens, presented)).toBeUndefined();
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

test('a fingerprint tells tokens apart, and says too little to find one by', () => {
  const [token, other] = parseApiTokens(`dci:${TOKEN},dci:${OTHER}`).map(fingerprintOf);
  expect(token).toMatch(/^[0-9a-f]{8}$/);
  expect(token).not.toBe(other);
  expect(parseApiTokens(`ops:${TOKEN}`).map(fingerprintOf)).toEqual([token]);
});

describe('parseApiTokens', () => {
  test('takes a token of sixteen characters, and a name of sixty-four', () => {
    const name = 'x'.repeat(64);
    expect(findToken(parseApiTokens(`${name}:0123456789abcdef`), '0123456789abcdef')?.name).toBe(name);
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
