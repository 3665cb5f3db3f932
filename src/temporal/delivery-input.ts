import type { Client } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { DeliverSummaryInput } from '../domain/delivery.js';

/** What the newest run of a delivery started with, read back from the first event of its history. */
export async function inputOf(client: Client, workflowId: string): Promise<DeliverSummaryInput> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId },
    maximumPageSize: 1,
  });
  const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
  const [input] = await decodeArrayFromPayloads(client.options.loadedDataConverter, started?.input?.payloads);
  return input as DeliverSummaryInput;
}
