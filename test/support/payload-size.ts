import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';

const PayloadMessage = proto.temporal.api.common.v1.Payload;

/** What a payload takes in the store, metadata and all, in bytes. */
export function sizeOf(payload: Payload): number {
  return PayloadMessage.encode(payload).finish().length;
}
