import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

const { TaskQueueType } = proto.temporal.api.enums.v1;
const TASK_QUEUE_TYPES = [TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY];

/** Tasks of a queue, of workflows and activities, that no worker has taken yet; Temporal counts them roughly. */
export async function queuedTasks(
  { connection: { workflowService }, options: { namespace } }: Client,
  taskQueue: string,
): Promise<number> {
  const answers = await Promise.all(
    TASK_QUEUE_TYPES.map((taskQueueType) =>
      workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        taskQueueType,
        reportStats: true,
      }),
    ),
  );
  return answers.reduce((sum, { stats }) => sum + Number(stats?.approximateBacklogCount ?? 0), 0);
}
