import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';

const PayloadMessage = proto.temporal.api.common.v1.Payload;

/** Every payload in a part of a history, however deep. */
export function payloadsOf(part: unknown): Payload[] {
  if (part === null || typeof part !== 'object' || part instanceof Uint8Array) return [];
  if (isPayload(part)) return [part];
  return Object.values(part).flatMap(payloadsOf);
}

/** What a payload takes in the store, metadata and all, in bytes. */
export function sizeOf(payload: Payload): number {
  return PayloadMessage.encode(payload).finish().length;
}

function isPayload(part: object): part is Payload {
  const { metadata, data } = part as Payload;
  return metadata?.encoding instanceof Uint8Array && data instanceof Uint8Array;
}
