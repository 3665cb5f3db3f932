import type { Payload } from '@temporalio/common';
import { z } from 'zod';

/** A payload as proto3's JSON writes it: bytes in base64. What is empty may be absent. */
const payloadSchema = z
  .object({ metadata: z.record(z.string(), z.base64()).nullish(), data: z.base64().nullish() })
  .meta({ id: 'Payload' });

/** Body and answer of Temporal's remote codec protocol. */
export const payloadsSchema = z.object({ payloads: z.array(payloadSchema).max(10_000) }).meta({
  id: 'Payloads',
  // A plain text in JSON: "hello".
  examples: [{ payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'ImhlbGxvIg==' }] }],
});

type PayloadJson = z.output<typeof payloadSchema>;

/** The payload that this JSON stands for. */
export function payloadOfJson({ metadata, data }: PayloadJson): Payload {
  const entries = Object.entries(metadata ?? {}).map(([name, text]) => [name, Buffer.from(text, 'base64')]);
  return {
    metadata: Object.fromEntries(entries) as Record<string, Uint8Array>,
    data: Buffer.from(data ?? '', 'base64'),
  };
}

/** A payload as JSON. */
export function jsonOfPayload({ metadata, data }: Payload): PayloadJson {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const entries = Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)]);
  return {
    metadata: Object.fromEntries(entries) as Record<string, string>,
    data: base64(data ?? new Uint8Array()),
  };
}
