import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;

/** Events, bytes and billable actions of a workflow's history, once it has ended. */
export async function historyFigures(
  client: Client,
  workflowId: string,
): Promise<{ events: number; bytes: number; actions: number }> {
  const handle = client.workflow.getHandle(workflowId);
  await handle.result();
  const history = await handle.fetchHistory();
  const events = history.events ?? [];
  const count = (attribute: keyof (typeof events)[number]) =>
    events.filter((event) => Boolean(event[attribute])).length;
  // Temporal Cloud bills the start, each start of an activity, and the local activities of a workflow task together.
  const actions =
    count('workflowExecutionStartedEventAttributes') +
    count('activityTaskStartedEventAttributes') +
    workflowTasksWithMarkers(events) +
    count('upsertWorkflowSearchAttributesEventAttributes') +
    count('timerStartedEventAttributes');
  return { events: events.length, bytes: History.encode(history).finish().length, actions };
}

function workflowTasksWithMarkers(
  events: NonNullable<proto.temporal.api.history.v1.IHistory['events']>,
): number {
  return new Set(
    events.flatMap(({ markerRecordedEventAttributes: marker }) =>
      marker ? [String(marker.workflowTaskCompletedEventId)] : [],
    ),
  ).size;
}
