import type { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/** A dev server forgets closed workflows after a day, and with them what became of a delivery. */
const RETENTION = '30d';

/** Has the dev server keep closed workflows for 30 days. */
export async function keepClosedWorkflows(client: Client): Promise<void> {
  await client.workflowService.updateNamespace({
    namespace: client.options.namespace,
    config: { workflowExecutionRetentionTtl: msToTs(RETENTION) },
  });
}
