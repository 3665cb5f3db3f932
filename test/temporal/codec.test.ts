import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { expect, test } from 'vitest';
import { generateKey, parseKeyRing } from '../../src/domain/key-ring.js';
import { summaryFor } from '../../src/workflows/attributes.js';
import { createPayloadCodec } from '../../src/temporal/codec.js';

const context = { type: 'workflow', namespace: 'default', workflowId: 'any' } as const;
const oldKey = generateKey('old');
const newKey = generateKey('new');
const codecOf = (...keys: string[]) => createPayloadCodec(parseKeyRing(keys.join(',')));
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);

async function encodeOne(value: unknown, ...keys: string[]): Promise<Payload> {
  const [encoded] = await codecOf(...keys).encode([payloadOf(value)], context);
  if (!encoded) throw new Error('Nothing was encoded.');
  return encoded;
}

async function decodeOne(payload: Payload, ...keys: string[]): Promise<unknown> {
  const [decoded] = await codecOf(...keys).decode([payload], context);
  return decoded && defaultPayloadConverter.fromPayload(decoded);
}

test.each([['a text'], [null], [undefined], [{ nested: ['åäö', 1, false] }], [Uint8Array.of(0, 255)]])(
  'what is encoded decodes to the same: %j',
  async (value) => {
    expect(await decodeOne(await encodeOne(value, newKey), newKey)).toEqual(value);
  },
);

test('nothing readable is left, and long texts become shorter', async () => {
  const text = 'A sentence of a summary that must not be read. '.repeat(100);
  const { data, metadata } = await encodeOne(text, newKey);
  expect(Buffer.from(data ?? []).includes('sentence')).toBe(false);
  expect(data?.length).toBeLessThan(text.length / 2);
  expect(Buffer.from(metadata?.['encryption-key-id'] ?? []).toString()).toBe('new');
});

test('what is for people in the Temporal UI stays readable, and only that', async () => {
  const readable = async (value: unknown) =>
    Buffer.from((await encodeOne(value, newKey)).data ?? []).toString();
  const summary = summaryFor('meeting summary of tenant acme');
  expect(await readable(summary)).toBe(JSON.stringify(summary));
  const details = {
    definition: { type: 'DeliverSummary', queryDefinitions: [] },
    currentDetails: '**Parked**',
  };
  expect(await readable(details)).toBe(JSON.stringify(details));
  for (const other of [
    'https://dci.example/link',
    { tenantId: 'acme', definition: {} },
    [summary],
    { summary },
  ]) {
    expect(await readable(other)).not.toContain('acme');
    expect(await readable(other)).not.toContain('dci.example');
  }
});

test('the newest key encrypts, and older ones still decrypt', async () => {
  const old = await encodeOne('written before the change', oldKey);
  expect(await decodeOne(old, newKey, oldKey)).toBe('written before the change');
  const { metadata } = await encodeOne('written after it', newKey, oldKey);
  expect(Buffer.from(metadata?.['encryption-key-id'] ?? []).toString()).toBe('new');
});

test('a key that left the ring is named, and not its content', async () => {
  const old = await encodeOne('a text', oldKey);
  await expect(decodeOne(old, newKey)).rejects.toThrow(
    'The key "old" that encrypted this payload is not in PAYLOAD_KEYS.',
  );
});

test('an altered payload is refused', async () => {
  const { data, metadata } = await encodeOne('a text', newKey);
  const altered = Buffer.from(data ?? []);
  altered[altered.length - 1] = (altered[altered.length - 1] ?? 0) ^ 1;
  await expect(decodeOne({ metadata: metadata ?? {}, data: altered }, newKey)).rejects.toThrow();
});

test('payloads from before the codec pass as they are', async () => {
  expect(await decodeOne(payloadOf('plain'), newKey)).toBe('plain');
});

test('equal payloads are not equal when encrypted', async () => {
  const text = randomBytes(8).toString('hex');
  const [first, second] = [await encodeOne(text, newKey), await encodeOne(text, newKey)];
  expect(first.data).not.toEqual(second.data);
});
