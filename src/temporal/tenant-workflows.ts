import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, type WorkflowExecutionInfo, WorkflowNotFoundError } from '@temporalio/client';
import { cancelSignal } from '../workflows/messages.js';
import { grpcCodeOf, orUnavailable } from './unavailable.js';

/** Workflows that are worked on at a time. */
const PAGE = 50;
/** Visibility follows a little later: pause between two looks at it, in milliseconds. */
const LOOK_INTERVAL_MS = 500;
/** So many looks in a row that show nothing new mean that there is nothing more. */
const QUIET_LOOKS = 2;
/** What is deleted leaves the list within seconds; after this time, in milliseconds, something is wrong. */
const DELETION_MS = 60_000;

const NOT_FOUND = 5;

/** Hears how many workflows were worked on so far, after each look. */
type OnProgress = (done: number) => void;

/** What can be done to the workflows of a tenant, found by visibility. */
export interface TenantWorkflows {
  /** Asks every delivery under way or parked to end as cancelled: how many heard it. */
  cancelDeliveries(tenantId: string, onProgress: OnProgress): Promise<number>;
  /**
   * Ends every workflow that carries the tenant's id, and deletes it with its history: how many that were.
   *
   * @throws Error when the server goes on to list what was deleted
   */
  deleteAll(tenantId: string, onProgress: OnProgress): Promise<number>;
}

/** The workflows of a namespace. */
export function createTenantWorkflows(client: Client): TenantWorkflows {
  /** One look: acts on what was not seen before, page by page. */
  async function look(query: string, seen: Set<string>, act: Act): Promise<Look> {
    let listed = 0;
    let fresh = 0;
    let done = 0;
    let page: WorkflowExecutionInfo[] = [];
    const work = async () => {
      done += (await Promise.all(page.map(act))).filter(Boolean).length;
      page = [];
    };
    for await (const execution of client.workflow.list({ query, pageSize: PAGE })) {
      listed += 1;
      if (seen.has(execution.runId)) continue;
      seen.add(execution.runId);
      fresh += 1;
      page.push(execution);
      if (page.length === PAGE) await work();
    }
    await work();
    return { listed, done, isNews: fresh > 0 };
  }

  async function deleteOne({ workflowId, runId, status }: WorkflowExecutionInfo): Promise<boolean> {
    const { namespace } = client.options;
    if (status.name === 'RUNNING') {
      await unlessGone(() =>
        client.workflow.getHandle(workflowId, runId).terminate('The tenant is deleted.'),
      );
    }
    return unlessGone(() =>
      client.workflowService.deleteWorkflowExecution({
        namespace,
        workflowExecution: { workflowId, runId },
      }),
    );
  }

  return {
    async cancelDeliveries(tenantId, onProgress) {
      const query = `WorkflowType = "DeliverSummary" AND TenantId = "${tenantId}" AND ExecutionStatus = "Running"`;
      const seen = new Set<string>();
      let total = 0;
      for (let quiet = 0; quiet < QUIET_LOOKS;) {
        if (quiet > 0) await sleep(LOOK_INTERVAL_MS);
        const { done, isNews } = await orUnavailable(() =>
          look(query, seen, ({ workflowId, runId }) =>
            unlessGone(() => client.workflow.getHandle(workflowId, runId).signal(cancelSignal)),
          ),
        );
        total += done;
        quiet = isNews ? 1 : quiet + 1;
        onProgress(total);
      }
      return total;
    },

    async deleteAll(tenantId, onProgress) {
      const deadline = Date.now() + DELETION_MS;
      const seen = new Set<string>();
      let total = 0;
      for (let quiet = 0; quiet < QUIET_LOOKS;) {
        if (quiet > 0 || seen.size > 0) await sleep(LOOK_INTERVAL_MS);
        const { listed, done, isNews } = await orUnavailable(() =>
          look(`TenantId = "${tenantId}"`, seen, deleteOne),
        );
        total += done;
        onProgress(total);
        quiet = listed === 0 ? quiet + 1 : 0;
        if (!isNews && listed > 0 && Date.now() > deadline)
          throw new Error(`The server still lists ${listed} deleted workflows.`);
      }
      return total;
    },
  };
}

/** Whether it was there to be acted on. */
type Act = (execution: WorkflowExecutionInfo) => Promise<boolean>;

interface Look {
  listed: number;
  done: number;
  isNews: boolean;
}

async function unlessGone(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || grpcCodeOf(error) === NOT_FOUND) return false;
    throw error;
  }
}
