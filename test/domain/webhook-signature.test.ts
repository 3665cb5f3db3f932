import { describe, expect, test } from 'vitest';
import { isSignedBy, isTimely } from '../../src/domain/webhook-signature.js';

/** HMAC-SHA256 of RFC 4231, test case 2. */
const SECRET = 'Jefe';
const BODY = Buffer.from('what do ya want for nothing?');
const DIGEST = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';

describe('a signature', () => {
  test('holds for any of the secrets, in either case', () => {
    expect(isSignedBy([SECRET], BODY, `sha256=${DIGEST}`)).toBe(true);
    expect(isSignedBy(['another', SECRET], BODY, `sha256=${DIGEST.toUpperCase()}`)).toBe(true);
    expect(isSignedBy([SECRET, 'another'], BODY, `SHA256=${DIGEST}`)).toBe(true);
  });

  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['a digest without its kind', DIGEST],
    ['another kind', `sha1=${DIGEST}`],
    ['one digit less', `sha256=${DIGEST.slice(1)}`],
    ['one digit more', `sha256=${DIGEST}0`],
    ['another digit', `sha256=${DIGEST.slice(0, -1)}4`],
    ['zeros', `sha256=${'0'.repeat(64)}`],
    ['two in one', `sha256=${DIGEST}, sha256=${DIGEST}`],
  ])('%s does not', (_case, signature) => expect(isSignedBy([SECRET], BODY, signature)).toBe(false));

  test('does not for another body, another secret, or no secret', () => {
    expect(isSignedBy([SECRET], Buffer.concat([BODY, Buffer.from(' ')]), `sha256=${DIGEST}`)).toBe(false);
    expect(isSignedBy(['jefe'], BODY, `sha256=${DIGEST}`)).toBe(false);
    expect(isSignedBy([], BODY, `sha256=${DIGEST}`)).toBe(false);
  });
});

describe('a timestamp', () => {
  const now = Date.parse('2026-02-08T00:00:00.000Z');
  const seconds = now / 1000;

  test.each([
    [seconds, true],
    [seconds - 300, true],
    [seconds + 300, true],
    [seconds - 301, false],
    [seconds + 301, false],
    [now, true],
    [now - 300_000, true],
    [now - 300_001, false],
    [0, false],
  ])('%d within five minutes: %s', (timestamp, expected) => {
    expect(isTimely(String(timestamp), now, 300_000)).toBe(expected);
  });

  test('is in seconds up to the year 5138, and in milliseconds above', () => {
    expect(isTimely('100000000000', 100_000_000_000_000, 0)).toBe(true);
    expect(isTimely('100000000001', 100_000_000_001, 0)).toBe(true);
  });

  test.each([`${seconds}.0`, `${seconds} `, ` ${seconds}`, `+${seconds}`, `0x${seconds.toString(16)}`])(
    '%j is none, though it reads as one',
    (timestamp) => {
      expect(isTimely(timestamp, now, 300_000)).toBe(false);
    },
  );

  test.each([undefined, '', 'now', '1e12', '-1', '0x10', ' ', '9'.repeat(16)])('%j is none', (timestamp) => {
    expect(isTimely(timestamp, now, 300_000)).toBe(false);
  });
});
