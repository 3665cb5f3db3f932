import { readFileSync } from 'node:fs';
import type { LoadedConnection } from '../../../src/activities/types.js';
import { parseKeyRing } from '../../../src/domain/key-ring.js';
import { createPayloadCodec } from '../../../src/temporal/codec.js';
import { HISTORY_KEYS } from '../../histories/keys.js';
import { mermaid } from './generated.js';

/** The parts of a history's JSON that the picture needs. */
interface HistoryEvent {
  eventType: string;
  activityTaskScheduledEventAttributes?: { activityType: { name: string } };
  activityTaskStartedEventAttributes?: { attempt: number };
  markerRecordedEventAttributes?: {
    details: Partial<Record<'data' | 'result', { payloads: RecordedPayload[] }>>;
  };
  upsertWorkflowSearchAttributesEventAttributes?: {
    searchAttributes: { indexedFields: Record<string, { data?: string }> };
  };
  workflowExecutionSignaledEventAttributes?: { signalName: string };
}

interface RecordedPayload {
  metadata?: Record<string, string>;
  data: string;
}

const codec = createPayloadCodec(parseKeyRing(HISTORY_KEYS));

/** A recorded history as a sequence of messages between the parts. */
export async function coursePicture(history: string): Promise<string> {
  const { events } = JSON.parse(readFileSync(`test/histories/${history}.json`, 'utf8')) as {
    events: HistoryEvent[];
  };
  let activity = '';
  const lines: string[] = [];
  for (const event of events) {
    activity = event.activityTaskScheduledEventAttributes?.activityType.name ?? activity;
    lines.push(...(await linesOf(event, activity)));
  }
  return mermaid([
    'sequenceDiagram',
    '  participant Caller as API, or a person',
    '  participant Temporal',
    '  participant Worker',
    '  participant SuperOffice',
    ...lines.map((line) => `  ${line}`),
  ]);
}

function linesOf(event: HistoryEvent, activity: string): string[] | Promise<string[]> {
  switch (event.eventType) {
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED':
      return ['Caller->>Temporal: start'];
    case 'EVENT_TYPE_WORKFLOW_TASK_STARTED':
      return ['Temporal->>Worker: workflow task'];
    case 'EVENT_TYPE_MARKER_RECORDED':
      return linesOfLocalActivity(event);
    case 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED':
      return [`Worker->>Temporal: schedule ${activity}`];
    case 'EVENT_TYPE_ACTIVITY_TASK_STARTED':
      return [`Temporal->>Worker: ${activity}`, ...callsOf(event)];
    case 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED':
      return ['SuperOffice-->>Worker: filed', 'Worker->>Temporal: result'];
    case 'EVENT_TYPE_ACTIVITY_TASK_FAILED':
      return ['SuperOffice-->>Worker: what needs a person', 'Worker->>Temporal: failure, not to be retried'];
    case 'EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES':
      return [`Worker->>Temporal: ${attributesOf(event)}`];
    case 'EVENT_TYPE_TIMER_STARTED':
      return ['Note over Temporal: waits, up to 90 days'];
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED':
      return [
        `Caller->>Temporal: signal ${event.workflowExecutionSignaledEventAttributes?.signalName ?? ''}`,
      ];
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED':
      return ['Worker->>Temporal: completed'];
    case 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED':
    case 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED':
    case 'EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED':
    case 'EVENT_TYPE_TIMER_CANCELED':
      return [];
    default:
      throw new Error(`The picture has no line for ${event.eventType}.`);
  }
}

/** A history keeps one start of an activity, with the number of the last attempt. */
function callsOf({ activityTaskStartedEventAttributes }: HistoryEvent): string[] {
  const attempts = activityTaskStartedEventAttributes?.attempt ?? 1;
  return [`Worker->>SuperOffice: POST${attempts > 1 ? `, ${attempts} times, with growing delays` : ''}`];
}

const OUTCOMES = { done: 'filed', retry: 'what passes by itself', park: 'what needs a person' };

async function linesOfLocalActivity({
  markerRecordedEventAttributes: marker,
}: HistoryEvent): Promise<string[]> {
  const { activity_type: name } = decoded(marker?.details.data?.payloads[0]?.data) as {
    activity_type: string;
  };
  const ran = `Worker->>Worker: ${name}`;
  const [result] = await codec.decode((marker?.details.result?.payloads ?? []).map(fromRecorded));
  const loaded =
    result && (JSON.parse(Buffer.from(result.data ?? []).toString() || 'null') as LoadedConnection | null);
  if (!loaded || !('first' in loaded)) return [ran];
  return [ran, 'Worker->>SuperOffice: POST', `SuperOffice-->>Worker: ${OUTCOMES[loaded.first.next]}`];
}

function fromRecorded({ metadata = {}, data }: RecordedPayload) {
  return {
    metadata: Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]),
    ),
    data: Buffer.from(data, 'base64'),
  };
}

function attributesOf({ upsertWorkflowSearchAttributesEventAttributes }: HistoryEvent): string {
  const fields = upsertWorkflowSearchAttributesEventAttributes?.searchAttributes.indexedFields ?? {};
  return Object.keys(fields)
    .sort()
    .map((name) => `${name} = ${(decoded(fields[name]?.data) as string | null) ?? 'none'}`)
    .join(', ');
}

function decoded(base64: string | undefined): unknown {
  return base64 === undefined ? undefined : JSON.parse(Buffer.from(base64, 'base64').toString());
}
