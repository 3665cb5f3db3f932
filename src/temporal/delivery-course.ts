import type { Client } from '@temporalio/client';
import type { LoadedDataConverter } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { requiredTsToDate } from '@temporalio/common/lib/time.js';
import type { temporal } from '@temporalio/proto';
import type { RetryRequester } from '../domain/delivery.js';
import { deliveryStateAttribute, troubleAttribute } from '../workflows/attributes.js';
import { retrySignal } from '../workflows/messages.js';

type Event = temporal.api.history.v1.IHistoryEvent;
type Failure = temporal.api.failure.v1.IFailure;
type Payloads = temporal.api.common.v1.IPayloads;

/** One thing that happened to a delivery, before what it does now or how it ended. */
export type CourseStep =
  | { kind: 'accepted'; at: Date }
  /** So many calls failed, and were tried again by themselves; `code` says why the last of them did. */
  | { kind: 'tried'; at: Date; calls: number; code: string }
  | { kind: 'parked'; at: Date; code: string }
  | { kind: 'retried'; at: Date; requester: RetryRequester };

/** What happened to the newest run of a delivery so far, read from its history. */
export async function courseOf(client: Client, workflowId: string): Promise<CourseStep[]> {
  const { namespace, loadedDataConverter } = client.options;
  const reader = new CourseReader(loadedDataConverter);
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await client.workflowService.getWorkflowExecutionHistory({
      namespace,
      execution: { workflowId },
      ...(nextPageToken && { nextPageToken }),
    });
    for (const event of page.history?.events ?? []) await reader.read(event);
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
  return reader.steps;
}

/** Reads a history, event by event. */
class CourseReader {
  readonly steps: CourseStep[] = [];
  /** The scheduled event of the `pushSummary` under way. */
  #push: string | undefined;
  /** Why its attempt before the last one failed; Temporal writes that down with the last one. */
  #lastFailure: { code: string; at: Date } | undefined;
  #isParked = false;

  constructor(private readonly dataConverter: LoadedDataConverter) {}

  async read(event: Event): Promise<void> {
    const at = requiredTsToDate(event.eventTime, 'eventTime');
    const {
      activityTaskScheduledEventAttributes: scheduled,
      activityTaskStartedEventAttributes: started,
      activityTaskFailedEventAttributes: failed,
      activityTaskCompletedEventAttributes: completed,
      upsertWorkflowSearchAttributesEventAttributes: upserted,
      workflowExecutionSignaledEventAttributes: signaled,
    } = event;
    if (event.workflowExecutionStartedEventAttributes) this.steps.push({ kind: 'accepted', at });
    if (scheduled?.activityType?.name === 'pushSummary') this.#push = event.eventId?.toString();
    if (started && this.#isPush(started.scheduledEventId) && started.lastFailure) {
      this.#lastFailure = { code: codeOf(started.lastFailure), at };
    }
    if (failed && this.#isPush(failed.scheduledEventId)) {
      await this.#endRound(failed.failure?.applicationFailureInfo?.details);
    }
    if (completed && this.#isPush(completed.scheduledEventId)) await this.#endRound(completed.result);
    if (upserted) this.#readAttributes(upserted.searchAttributes?.indexedFields ?? {}, at);
    // While a delivery is under way, the signal does nothing.
    if (signaled?.signalName === retrySignal.name && this.#isParked) {
      const [requester = 'person'] = await this.#decode<RetryRequester>(signaled.input);
      this.steps.push({ kind: 'retried', at, requester });
      this.#isParked = false;
    }
  }

  /** A round told how many calls it made; all but the last failed and were tried again. */
  async #endRound(told: Payloads | null | undefined): Promise<void> {
    const [{ attempt = 1 } = {}] = await this.#decode<{ attempt?: number }>(told);
    if (this.#lastFailure && attempt > 1) {
      this.steps.push({ kind: 'tried', ...this.#lastFailure, calls: attempt - 1 });
    }
    this.#lastFailure = undefined;
  }

  #readAttributes(fields: Record<string, temporal.api.common.v1.IPayload>, at: Date): void {
    const state = keyword(fields[deliveryStateAttribute.name]);
    const code = keyword(fields[troubleAttribute.name]);
    if (state === undefined) return;
    this.#isParked = state === 'parked';
    if (this.#isParked && code !== undefined) this.steps.push({ kind: 'parked', at, code });
  }

  #isPush(scheduledEventId: Event['eventId']): boolean {
    return this.#push !== undefined && scheduledEventId?.toString() === this.#push;
  }

  async #decode<T>(payloads: Payloads | null | undefined): Promise<T[]> {
    return (await decodeArrayFromPayloads(this.dataConverter, payloads?.payloads)) as T[];
  }
}

function codeOf({ applicationFailureInfo }: Failure): string {
  return applicationFailureInfo?.type ?? 'worker-lost';
}

function keyword(payload: temporal.api.common.v1.IPayload | undefined): string | undefined {
  return payload && (defaultPayloadConverter.fromPayload<string | null>(payload) ?? undefined);
}
