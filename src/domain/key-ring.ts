import { hkdfSync, randomBytes } from 'node:crypto';

/** Keys have 256 bits: AES-256-GCM. */
const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9._-]{1,32}$/;

/**
 * Keys by id. The newest seals; older ones still open what they sealed, so that a key can be replaced while
 * everything stays readable.
 */
export interface KeyRing {
  newest: { id: string; key: Buffer };
  find(id: string): Buffer | undefined;
}

/**
 * Reads a key ring: `id:key` pairs, newest first, separated by commas; keys are 32 bytes in base64.
 *
 * @throws Error that says what is wrong, without quoting a key
 */
export function parseKeyRing(text: string): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const pair of text.split(',').map((part) => part.trim())) {
    const [id, encoded] = splitOnce(pair);
    if (!KEY_ID.test(id))
      throw new Error('each key needs an id of letters, digits, ".", "_" or "-", as in "2026-11:…"');
    if (keys.has(id)) throw new Error(`the key id "${id}" is used twice`);
    const key = Buffer.from(encoded, 'base64');
    if (key.length !== KEY_BYTES) throw new Error(`the key "${id}" is not 32 bytes in base64`);
    keys.set(id, key);
  }
  const [newest] = keys;
  if (!newest) throw new Error('at least one key is needed');
  return { newest: { id: newest[0], key: newest[1] }, find: (id) => keys.get(id) };
}

/** Keys for another purpose, each derived from the key of the same id (HKDF, RFC 5869): they rotate together. */
export function deriveKeyRing(ring: KeyRing, purpose: string): KeyRing {
  const derive = (key: Buffer) => Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES));
  return {
    newest: { id: ring.newest.id, key: derive(ring.newest.key) },
    find: (id) => {
      const key = ring.find(id);
      return key && derive(key);
    },
  };
}

/** A new key as text, under a given id: one more pair for the front of a ring. */
export function generateKey(id: string): string {
  return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
}

function splitOnce(pair: string): [string, string] {
  const colon = pair.indexOf(':');
  return colon < 0 ? ['', pair] : [pair.slice(0, colon), pair.slice(colon + 1)];
}
