import type { Client } from '@temporalio/client';
import { payloadsOf } from './payloads.js';

/** Histories that are read at a time. */
const CONCURRENCY = 8;

/** How many open workflows hold payloads of each payload key, by its id. */
export async function payloadKeysInUse(client: Client): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const open = client.workflow.list({ query: 'ExecutionStatus = "Running"' });
  for await (const { history } of open.intoHistories({ concurrency: CONCURRENCY })) {
    for (const id of keyIdsIn(history)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function keyIdsIn(history: unknown): Set<string> {
  const ids = payloadsOf(history).flatMap(({ metadata }) => metadata?.['encryption-key-id'] ?? []);
  return new Set(ids.map((id) => Buffer.from(id).toString('utf8')));
}
