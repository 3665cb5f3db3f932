import type { Payload } from '@temporalio/common';

/** Every payload in a part of a history, however deep. */
export function payloadsOf(part: unknown): Payload[] {
  if (part === null || typeof part !== 'object' || part instanceof Uint8Array) return [];
  if (isPayload(part)) return [part];
  return Object.values(part).flatMap(payloadsOf);
}

function isPayload(part: object): part is Payload {
  const { metadata, data } = part as Payload;
  return metadata?.encoding instanceof Uint8Array && data instanceof Uint8Array;
}
