import type { Client } from '@temporalio/client';
import { optionalTsToDate } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { callInTime } from './unavailable.js';

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;

/** A worker asks for work at least once a minute; the server remembers those that no longer do for five. */
const SEEN_WITHIN_MS = 2 * 60_000;

/** Who works on a task queue, and what lies there. */
export interface WorkerPresence {
  /** Workers that asked for work within the last two minutes. */
  workers: number;
  /** Tasks that no worker has taken yet, about. */
  backlog: number;
}

/** @throws UnavailableError while Temporal is away */
export async function workerPresenceOf(client: Client, taskQueue: string): Promise<WorkerPresence> {
  const answers = await callInTime(client, () =>
    Promise.all(
      [TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY].map((taskQueueType) =>
        client.workflowService.describeTaskQueue({
          namespace: client.options.namespace,
          taskQueue: { name: taskQueue },
          taskQueueType,
          reportStats: true,
        }),
      ),
    ),
  );
  const seenSince = Date.now() - SEEN_WITHIN_MS;
  const identities = answers.flatMap(({ pollers }) =>
    pollers
      .filter(({ lastAccessTime }) => (optionalTsToDate(lastAccessTime)?.getTime() ?? 0) >= seenSince)
      .map(({ identity }) => identity),
  );
  return {
    workers: new Set(identities).size,
    backlog: answers.reduce((sum, { stats }) => sum + Number(stats?.approximateBacklogCount ?? 0), 0),
  };
}
