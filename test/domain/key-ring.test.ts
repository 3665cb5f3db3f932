import { beforeAll, describe, expect, test } from 'vitest';
import { deriveKeyRing, generateKey, type KeyRing, parseKeyRing } from '../../src/domain/key-ring.js';

const bytes = (fill: number, length = 32) => Buffer.alloc(length, fill);
const pair = (id: string, key: Buffer) => `${id}:${key.toString('base64')}`;

describe('parseKeyRing', () => {
  test('seals with the first key, and still finds the older ones', () => {
    const ring = parseKeyRing(` ${pair('2026-11', bytes(1))} , ${pair('2026-05', bytes(2))}`);
    expect(ring.newest).toEqual({ id: '2026-11', key: bytes(1) });
    expect(ring.find('2026-11')).toEqual(bytes(1));
    expect(ring.find('2026-05')).toEqual(bytes(2));
    expect(ring.find('2025-11')).toBeUndefined();
  });

  test('takes base64 in the alphabet for URLs too', () => {
    const key = bytes(0xfb);
    expect(parseKeyRing(`a:${key.toString('base64url')}`).newest.key).toEqual(key);
  });

  test.each([
    ['an empty text', '', 'each key needs an id'],
    ['no id', bytes(1).toString('base64'), 'each key needs an id'],
    ['a short key without an id', 'zq7', 'each key needs an id'],
    ['an empty id', pair('', bytes(1)), 'each key needs an id'],
    ['an id with spaces', pair('a b', bytes(1)), 'each key needs an id'],
    ['an id that is too long', pair('x'.repeat(33), bytes(1)), 'each key needs an id'],
    ['key and id the wrong way round', `${bytes(1).toString('base64')}:2026`, 'each key needs an id'],
    ['a comma at the end', `${pair('a', bytes(1))},`, 'each key needs an id'],
    ['an id twice', `${pair('a', bytes(1))},${pair('a', bytes(2))}`, 'the key id "a" is used twice'],
    ['a key that is too short', pair('a', bytes(1, 31)), 'the key "a" is not 32 bytes in base64'],
    ['a key that is too long', pair('a', bytes(1, 33)), 'the key "a" is not 32 bytes in base64'],
    ['a key that is no base64', 'a:§§§', 'the key "a" is not 32 bytes in base64'],
    ['no key', 'a:', 'the key "a" is not 32 bytes in base64'],
  ])('refuses %s, and never quotes a key', (_, text, message) => {
    const error = errorOf(() => parseKeyRing(text));
    expect(error).toContain(message);
    for (const length of [31, 32, 33]) {
      expect(error).not.toContain(bytes(1, length).toString('base64').slice(0, 16));
    }
  });
});

describe('generateKey', () => {
  test('makes a pair that a ring takes, different each time', () => {
    const [one, another] = [generateKey('a'), generateKey('b')];
    const ring = parseKeyRing(`${one},${another}`);
    expect(ring.newest.id).toBe('a');
    expect(ring.find('a')).not.toEqual(ring.find('b'));
  });
});

function errorOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error('It did not fail.');
}

describe('keys derived for another purpose', () => {
  let ring: KeyRing;
  beforeAll(() => {
    ring = parseKeyRing(`${generateKey('new')},${generateKey('old')}`);
  });

  test('are the same each time, and keep their ids', () => {
    const [one, other] = [deriveKeyRing(ring, 'tickets'), deriveKeyRing(ring, 'tickets')];
    expect(one.newest).toEqual(other.newest);
    expect(one.newest.id).toBe('new');
    expect(one.find('new')).toEqual(one.newest.key);
    expect(one.find('old')).toHaveLength(32);
    expect(one.find('old')).toEqual(other.find('old'));
    expect(one.find('unknown')).toBeUndefined();
  });

  test('stay what they are: links and sessions under way must survive a new version', () => {
    const { newest } = deriveKeyRing(parseKeyRing(pair('a', bytes(1))), 'tickets');
    expect(newest.key.toString('hex')).toBe(
      '92c3bf5506b963b955633d63a308c80212726672e34cf9f768324d44337c7356',
    );
  });

  test('differ from purpose to purpose, from key to key, and from what they come from', () => {
    const [tickets, sessions] = [deriveKeyRing(ring, 'tickets'), deriveKeyRing(ring, 'sessions')];
    const keys = [ring.newest.key, tickets.newest.key, sessions.newest.key, tickets.find('old')];
    expect(new Set(keys.map((key) => key?.toString('hex'))).size).toBe(4);
    expect(tickets.newest.key).toHaveLength(32);
  });
});
