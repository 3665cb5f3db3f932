import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

/** One page of visibility: so many are read to find the oldest among them. */
const PAGE = 200;
/** The search begins so far back: twice as long as a delivery may stay parked by default. */
const HORIZON_MS = 180 * 86_400_000;

/**
 * The workflows that started first among those that a query finds, the oldest first. Visibility lists the newest first
 * and knows no other order: so it counts, and halves the time until what is left fits into a page.
 *
 * @param total how many the query finds
 */
export async function oldestOf(
  client: Client,
  query: string,
  total: number,
  limit: number,
): Promise<temporal.api.workflow.v1.IWorkflowExecutionInfo[]> {
  if (total === 0) return [];
  const before = total > PAGE ? await pageEnd(client, query, Math.min(limit, total)) : undefined;
  const { executions } = await client.workflowService.listWorkflowExecutions({
    namespace: client.options.namespace,
    query: before === undefined ? query : `${query} AND StartTime < "${before.toISOString()}"`,
    pageSize: PAGE,
  });
  return executions.reverse().slice(0, limit);
}

/** A time before which at least `minimum` workflows started, and no more than fit into a page, as nearly as it can be told. */
async function pageEnd(client: Client, query: string, minimum: number): Promise<Date> {
  let end = Date.now();
  let start = end - HORIZON_MS;
  while (end - start > 1) {
    const middle = Math.round((start + end) / 2);
    const { count } = await client.workflow.count(
      `${query} AND StartTime < "${new Date(middle).toISOString()}"`,
    );
    if (count < minimum) start = middle;
    else end = middle;
    if (count >= minimum && count <= PAGE) break;
  }
  return new Date(end);
}
