import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnsealError } from '../../src/domain/errors.js';
import { generateKey, parseKeyRing } from '../../src/domain/key-ring.js';
import { createSealing } from '../../src/store/sealing.js';

const oldKey = generateKey('2026-05');
const newKey = generateKey('2026-11');
const TOKEN = 'zq7-secret-key-of-a-script';

const sealingWith = (...keys: string[]) => createSealing(parseKeyRing(keys.join(',')));

describe('sealing', () => {
  test('opens what it sealed, whatever the token', async () => {
    const sealing = sealingWith(newKey);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 255 }), async (token) => {
        expect(await sealing.open('tenant-1', await sealing.seal('tenant-1', token))).toBe(token);
      }),
    );
  });

  test('shows nothing of the token, and is different each time', async () => {
    const sealing = sealingWith(newKey);
    const [one, another] = [await sealing.seal('tenant-1', TOKEN), await sealing.seal('tenant-1', TOKEN)];
    expect(one).not.toBe(another);
    for (const text of [
      one,
      ...one.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1')),
    ]) {
      expect(text).not.toContain('secret');
      expect(text).not.toContain(Buffer.from(TOKEN).toString('base64url').slice(0, 12));
    }
  });

  test('a header names the key and the tenant, and nothing else', async () => {
    const [header = ''] = (await sealingWith(newKey).seal('tenant-1', TOKEN)).split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      kid: '2026-11',
      tenant: 'tenant-1',
    });
  });

  test('opens for its own tenant alone', async () => {
    const sealing = sealingWith(newKey);
    const sealed = await sealing.seal('tenant-1', TOKEN);
    await expect(sealing.open('tenant-2', sealed)).rejects.toThrow(
      new UnsealError('The sealed token belongs to another tenant.'),
    );
  });

  test('does not open under a header that names another tenant', async () => {
    const sealing = sealingWith(newKey);
    const [, ...rest] = (await sealing.seal('tenant-1', TOKEN)).split('.');
    const [otherHeader] = (await sealing.seal('tenant-2', TOKEN)).split('.');
    await expect(sealing.open('tenant-2', [otherHeader, ...rest].join('.'))).rejects.toThrow(UnsealError);
  });

  test.each([0, 1, 2, 3, 4])('does not open where part %i was altered', async (part) => {
    const sealing = sealingWith(newKey);
    const parts = (await sealing.seal('tenant-1', TOKEN)).split('.');
    const before = parts[part] ?? '';
    parts[part] = (before.startsWith('A') ? 'B' : 'A') + before.slice(1);
    await expect(sealing.open('tenant-1', parts.join('.'))).rejects.toThrow(UnsealError);
  });

  test.each(['', 'a', 'a.b.c.d.e', '....', TOKEN])('does not open %o', async (sealed) => {
    const error: unknown = await sealingWith(newKey)
      .open('tenant-1', sealed)
      .catch((reason: unknown) => reason);
    expect(error).toEqual(new UnsealError('The sealed token was altered.'));
  });

  test('opens with an older key of the ring, and seals with the newest', async () => {
    const sealed = await sealingWith(oldKey).seal('tenant-1', TOKEN);
    const rotated = sealingWith(newKey, oldKey);
    expect(await rotated.open('tenant-1', sealed)).toBe(TOKEN);
    const resealed = await rotated.seal('tenant-1', TOKEN);
    expect(await sealingWith(newKey).open('tenant-1', resealed)).toBe(TOKEN);
  });

  test('does not open once its key has left the ring, and says which', async () => {
    const sealed = await sealingWith(oldKey).seal('tenant-1', TOKEN);
    await expect(sealingWith(newKey).open('tenant-1', sealed)).rejects.toThrow(
      new UnsealError('The key "2026-05" that sealed this token is not in SEALING_KEYS.'),
    );
  });

  test('does not open with another key of the same id', async () => {
    const sealed = await sealingWith(oldKey).seal('tenant-1', TOKEN);
    await expect(sealingWith(generateKey('2026-05')).open('tenant-1', sealed)).rejects.toThrow(
      new UnsealError('The sealed token was altered.'),
    );
  });
});
