import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, type WorkflowExecutionInfo } from '@temporalio/client';
import { cancelSignal } from '../workflows/messages.js';
import { isGone, orUnavailable } from './unavailable.js';

/** Workflows that are worked on at a time. */
const PAGE = 50;
/** Visibility follows a little later: pause between two looks at it, in milliseconds. */
const LOOK_INTERVAL_MS = 500;
/** So many looks in a row that show nothing new mean that there is nothing more. */
const QUIET_LOOKS = 2;
/** How long the server may take to list an end, in milliseconds. */
const LISTED_AS_ENDED_MS = 30_000;

/** Hears how many workflows were worked on so far. */
type OnProgress = (done: number) => void;

/** What can be done to the workflows of a tenant, found by visibility. */
export interface TenantWorkflows {
  /** Asks every delivery under way or parked to end as cancelled: how many heard it. */
  cancelDeliveries(tenantId: string, onProgress: OnProgress): Promise<number>;
  /**
   * Ends every workflow that carries the tenant's id, and deletes it with its history: how many that were. The server
   * does so in its own time: it lists some for half a minute more.
   */
  deleteAll(tenantId: string, onProgress: OnProgress): Promise<number>;
}

/** The workflows of a namespace. */
export function createTenantWorkflows(client: Client): TenantWorkflows {
  /** Acts once on each workflow that a query finds, until there are no new ones: how many were there to be acted on. */
  async function actOnAll(query: string, act: Act, onProgress: OnProgress): Promise<number> {
    const seen = new Set<string>();
    let done = 0;
    let quiet = 0;
    while (quiet < QUIET_LOOKS) {
      if (quiet > 0) await sleep(LOOK_INTERVAL_MS);
      const before = seen.size;
      for await (const page of pagesOfUnseen(query, seen)) {
        done += (await Promise.all(page.map(act))).filter(Boolean).length;
        onProgress(done);
      }
      quiet = seen.size > before ? 1 : quiet + 1;
    }
    return done;
  }

  async function* pagesOfUnseen(query: string, seen: Set<string>): AsyncGenerator<WorkflowExecutionInfo[]> {
    let page: WorkflowExecutionInfo[] = [];
    for await (const execution of client.workflow.list({ query, pageSize: PAGE })) {
      if (seen.has(execution.runId)) continue;
      seen.add(execution.runId);
      page.push(execution);
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  function cancelOne({ workflowId, runId }: WorkflowExecutionInfo): Promise<boolean> {
    return unlessGone(() => client.workflow.getHandle(workflowId, runId).signal(cancelSignal));
  }

  function terminateOne({ workflowId, runId }: WorkflowExecutionInfo): Promise<boolean> {
    return unlessGone(() => client.workflow.getHandle(workflowId, runId).terminate('The tenant is deleted.'));
  }

  /** A workflow that is deleted before the server has listed its end stays in the list for ever. */
  async function untilListedAsEnded(tenantId: string, onLook: () => void): Promise<void> {
    const deadline = Date.now() + LISTED_AS_ENDED_MS;
    const query = `TenantId = "${tenantId}" AND ExecutionStatus = "Running"`;
    while (Date.now() < deadline && (await client.workflow.count(query)).count > 0) {
      onLook();
      await sleep(LOOK_INTERVAL_MS);
    }
  }

  function deleteOne({ workflowId, runId }: WorkflowExecutionInfo): Promise<boolean> {
    const { namespace } = client.options;
    return unlessGone(() =>
      client.workflowService.deleteWorkflowExecution({
        namespace,
        workflowExecution: { workflowId, runId },
      }),
    );
  }

  return {
    cancelDeliveries: (tenantId, onProgress) =>
      orUnavailable(() =>
        actOnAll(
          `WorkflowType = "DeliverSummary" AND TenantId = "${tenantId}" AND ExecutionStatus = "Running"`,
          cancelOne,
          onProgress,
        ),
      ),

    deleteAll: (tenantId, onProgress) =>
      orUnavailable(async () => {
        const all = `TenantId = "${tenantId}"`;
        const ended = await actOnAll(`${all} AND ExecutionStatus = "Running"`, terminateOne, onProgress);
        await untilListedAsEnded(tenantId, () => onProgress(ended));
        return actOnAll(all, deleteOne, onProgress);
      }),
  };
}

/** Whether it was there to be acted on. */
type Act = (execution: WorkflowExecutionInfo) => Promise<boolean>;

async function unlessGone(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
