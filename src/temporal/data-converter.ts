import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { KeyRing } from '../domain/key-ring.js';
import { createPayloadCodec } from './codec.js';

/** How everything that enters a history is written: the same for clients, workers and replays. */
export function createDataConverter(keys: KeyRing): DataConverter {
  return {
    payloadCodecs: [createPayloadCodec(keys)],
    failureConverterPath: fileURLToPath(new URL('./failure-converter.js', import.meta.url)),
  };
}
