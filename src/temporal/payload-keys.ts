import { type Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { payloadsOf } from './payloads.js';
import { isGone, orUnavailable } from './unavailable.js';

/** Workflows that are looked at at a time. */
const CONCURRENCY = 8;
const LIST_PAGE = 200;

type Execution = temporal.api.common.v1.IWorkflowExecution;

/**
 * How many open workflows of a task queue hold payloads of each payload key, by its id. Nothing is decrypted, so that
 * it works where a key is missing. Workflows that start meanwhile may not be among them.
 *
 * @throws UnavailableError while Temporal is away
 */
export async function payloadKeysInUse(client: Client, taskQueue: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const open = openWorkflows(client, taskQueue);
  const lookAtSome = async () => {
    for (let next = await open.next(); next.done !== true; next = await open.next()) {
      for (const id of await keyIdsOf(client, next.value)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  };
  await orUnavailable(async () => Promise.all(Array.from({ length: CONCURRENCY }, lookAtSome)));
  return counts;
}

/** Not the client's own list: it decrypts memos. */
async function* openWorkflows(client: Client, taskQueue: string): AsyncGenerator<Execution, undefined> {
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await client.workflowService.listWorkflowExecutions({
      namespace: client.options.namespace,
      query: `TaskQueue = ${JSON.stringify(taskQueue)} AND ExecutionStatus = "Running"`,
      pageSize: LIST_PAGE,
      nextPageToken,
    });
    for (const { execution } of page.executions) if (execution) yield execution;
    ({ nextPageToken } = page);
  } while (nextPageToken.length > 0);
}

/** Of the whole history: one that outlived two changes of keys has payloads of three. */
async function keyIdsOf(client: Client, execution: Execution): Promise<Set<string>> {
  const { namespace } = client.options;
  try {
    const history = await client.workflow
      .getHandle(execution.workflowId ?? '', execution.runId ?? undefined)
      .fetchHistory();
    // Heartbeats and last failures of pending activities are in no history.
    const description = await client.workflowService.describeWorkflowExecution({ namespace, execution });
    const ids = payloadsOf([history, description]).flatMap(
      ({ metadata }) => metadata?.['encryption-key-id'] ?? [],
    );
    return new Set(ids.map((id) => Buffer.from(id).toString('utf8')));
  } catch (error) {
    // Ended and gone meanwhile.
    if (isGone(error)) return new Set();
    throw error;
  }
}
