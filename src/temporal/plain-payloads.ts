import type { Payload } from '@temporalio/common';
import { PLAIN_SUMMARY_PREFIX } from '../workflows/attributes.js';

/**
 * How the data of payloads begins that are for people in the Temporal UI: our summaries; and what the SDK answers when
 * the UI asks a workflow for its current details. No payload with anybody's data begins so: inputs and results are
 * objects of other fields, and a bare text among them is a code or a link.
 */
const beginnings = [JSON.stringify(PLAIN_SUMMARY_PREFIX).slice(0, -1), '{"definition":{"type":"'].map(
  (text) => Buffer.from(text),
);

/** Whether a payload stays readable. */
export function isForPeople({ metadata, data }: Payload): boolean {
  if (!data || Buffer.from(metadata?.encoding ?? []).toString() !== 'json/plain') return false;
  return beginnings.some((beginning) => beginning.equals(data.subarray(0, beginning.length)));
}
