import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import type { DeliverSummaryInput, DeliveryState, RetryRequester } from '../domain/delivery.js';
import { ConflictError, NotFoundError, UnreadablePayloadError } from '../domain/errors.js';
import { deliveryStateAttribute, summaryFor, tenantIdAttribute } from '../workflows/attributes.js';
import type { DeliverSummary } from '../workflows/deliver-summary.js';
import { cancelSignal, retrySignal } from '../workflows/messages.js';
import { type DeliveryDetails, detailsOf } from './delivery-details.js';
import {
  type DeliveryListing,
  listDeliveries,
  type ListDeliveriesOptions,
  queryOfTenant,
} from './delivery-list.js';
import { type CourseStep, courseOf } from './delivery-course.js';
import { inputOf } from './delivery-input.js';
import { queryOfState } from './delivery-state.js';
import { deliveryWorkflowId } from './names.js';
import { pendingPushOf } from './pending-push.js';
import { callInTime, isGone } from './unavailable.js';

/** Parked deliveries that are signalled at a time. */
const RETRY_PAGE = 50;

const ALL = Number.MAX_SAFE_INTEGER;

/** The states in a sentence. */
const wordsOf: Record<DeliveryState, string> = {
  delivering: 'under way',
  parked: 'parked',
  delivered: 'delivered',
  skipped: 'skipped',
  cancelled: 'cancelled',
  superseded: 'superseded by a newer summary of the meeting',
  expired: 'expired',
  failed: 'failed',
};

/** Ended without a record in SuperOffice, and without anything wrong: submitted again, such a delivery starts anew. */
const restartableStates: ReadonlySet<DeliveryState> = new Set(['cancelled', 'skipped', 'expired']);

/** What a meeting is called, and when it begins. */
export interface Meeting {
  name: string;
  startsAt: Date;
}

/** The deliveries, as Temporal holds them. Every method throws `UnavailableError` while Temporal is away. */
export interface Deliveries {
  /**
   * Starts a delivery, once: the same one again, under way or delivered, is a duplicate and starts nothing. One that
   * ended in another way starts anew, unless `restart` is false.
   */
  start(input: DeliverSummaryInput, options?: { restart?: boolean }): Promise<{ duplicate: boolean }>;
  /**
   * @throws NotFoundError when the tenant has no such delivery, or Temporal no longer keeps it
   * @throws UnreadablePayloadError when no key of `PAYLOAD_KEYS` opens how it ended
   */
  describe(tenantId: string, deliveryId: string): Promise<DeliveryDetails>;
  /**
   * What happened to a delivery, step by step.
   *
   * @throws NotFoundError as `describe`
   */
  course(tenantId: string, deliveryId: string): Promise<CourseStep[]>;
  /**
   * The meeting of a delivery; undefined where Temporal no longer keeps it, or no key of `PAYLOAD_KEYS` opens it: one
   * such delivery must not take the list of all others away.
   */
  meetingOf(tenantId: string, deliveryId: string): Promise<Meeting | undefined>;
  list(options: ListDeliveriesOptions): Promise<DeliveryListing>;
  /**
   * Starts a parked delivery again.
   *
   * @throws NotFoundError as `describe`
   * @throws ConflictError when the delivery is not parked
   */
  retry(tenantId: string, deliveryId: string): Promise<void>;
  countParked(tenantId: string): Promise<number>;
  /** Starts a tenant's parked deliveries again, the newest first: how many that were. */
  retryParked(tenantId: string, requester: RetryRequester, limit?: number): Promise<number>;
  /**
   * Ends a delivery that is under way or parked.
   *
   * @throws NotFoundError as `describe`
   * @throws ConflictError when the delivery has ended
   */
  cancel(tenantId: string, deliveryId: string): Promise<void>;
  /**
   * Sends the summary of a delivery that has ended once more, as the same delivery: what SuperOffice has of it already
   * is not filed twice, unless forced.
   *
   * @throws NotFoundError as `describe`
   * @throws ConflictError while the delivery is under way or parked
   */
  resend(tenantId: string, deliveryId: string, options: { force: boolean }): Promise<void>;
}

/**
 * The deliveries of a namespace, worked on by the workers of a task queue.
 *
 * @param starterOf a client over the connection of a worker in this process, which then begins a delivery with the answer
 * to its start, and not by way of the task queue; undefined as long as there is none
 */
export function createDeliveries(
  client: Client,
  taskQueue: string,
  starterOf: () => Client | undefined = () => undefined,
): Deliveries {
  const call = <T>(run: () => Promise<T>) => callInTime(client, run);

  /** Whether this call started the delivery; a running one of the same id is left alone. */
  async function startOnce(
    input: DeliverSummaryInput,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY' | 'REJECT_DUPLICATE',
  ): Promise<boolean> {
    const { tenantId, deliveryId } = input;
    const starter = starterOf() ?? client;
    try {
      await callInTime(starter, () =>
        starter.workflow.start<typeof DeliverSummary>('DeliverSummary', {
          workflowId: deliveryWorkflowId(tenantId, deliveryId),
          taskQueue,
          args: [input],
          // As USE_EXISTING, but it says so: the caller learns that this was a duplicate.
          workflowIdConflictPolicy: 'FAIL',
          workflowIdReusePolicy,
          typedSearchAttributes: [
            { key: tenantIdAttribute, value: tenantId },
            { key: deliveryStateAttribute, value: 'delivering' satisfies DeliveryState },
          ],
          priority: { fairnessKey: tenantId },
          requestEagerStart: starter !== client,
          staticSummary: summaryFor(`meeting summary of tenant ${tenantId}`),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  }

  /** Whether a delivery that is there already may start anew. One whose end no key of the ring opens counts as delivered. */
  async function isRestartable({ tenantId, deliveryId }: DeliverSummaryInput): Promise<boolean> {
    try {
      return restartableStates.has((await describe(tenantId, deliveryId)).state);
    } catch (error) {
      if (error instanceof UnreadablePayloadError) return false;
      throw error;
    }
  }

  async function describe(tenantId: string, deliveryId: string): Promise<DeliveryDetails> {
    const handle = client.workflow.getHandle<typeof DeliverSummary>(deliveryWorkflowId(tenantId, deliveryId));
    try {
      return await call(async () => {
        const description = await handle.describe();
        const outcome = description.status.name === 'COMPLETED' ? await handle.result() : undefined;
        const pending = await pendingPushOf(
          description.raw.pendingActivities ?? [],
          client.options.loadedDataConverter,
        );
        return detailsOf(deliveryId, description, pending, outcome);
      });
    } catch (error) {
      throw isGone(error) ? noDelivery(tenantId, deliveryId) : error;
    }
  }

  /** Whether the delivery was still running to hear it. */
  async function signal<Args extends unknown[]>(
    tenantId: string,
    deliveryId: string,
    definition: SignalDefinition<Args>,
    ...args: Args
  ): Promise<boolean> {
    const handle = client.workflow.getHandle(deliveryWorkflowId(tenantId, deliveryId));
    try {
      await call(() => handle.signal(definition, ...args));
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  return {
    async start(input, { restart = true } = {}) {
      if (!restart) return { duplicate: !(await startOnce(input, 'REJECT_DUPLICATE')) };
      const isStarted = await startOnce(input, 'ALLOW_DUPLICATE_FAILED_ONLY');
      if (isStarted) return { duplicate: false };
      if (!(await isRestartable(input))) return { duplicate: true };
      return { duplicate: !(await startOnce(input, 'ALLOW_DUPLICATE')) };
    },

    describe,

    async course(tenantId, deliveryId) {
      try {
        return await call(() => courseOf(client, deliveryWorkflowId(tenantId, deliveryId)));
      } catch (error) {
        throw isGone(error) ? noDelivery(tenantId, deliveryId) : error;
      }
    },

    async meetingOf(tenantId, deliveryId) {
      try {
        const { summary } = await call(() => inputOf(client, deliveryWorkflowId(tenantId, deliveryId)));
        return { name: summary.meetingName, startsAt: new Date(summary.startsAt) };
      } catch (error) {
        if (isGone(error) || error instanceof UnreadablePayloadError) return undefined;
        throw error;
      }
    },

    list: (options) => call(() => listDeliveries(client, options)),

    async retry(tenantId, deliveryId) {
      const { state } = await describe(tenantId, deliveryId);
      if (state !== 'parked') {
        throw new ConflictError(`Only a parked delivery can be retried; this one is ${wordsOf[state]}.`);
      }
      await signal(tenantId, deliveryId, retrySignal, 'person');
    },

    async countParked(tenantId) {
      const query = `${queryOfTenant(tenantId)} AND ${queryOfState('parked')}`;
      return (await call(() => client.workflow.count(query))).count;
    },

    async retryParked(tenantId, requester, limit = ALL) {
      let count = 0;
      let cursor: string | undefined;
      do {
        const pageLimit = Math.min(RETRY_PAGE, limit - count);
        const page = await this.list({ tenantId, state: 'parked', limit: pageLimit, cursor });
        const signalled = await Promise.all(
          page.deliveries.map(({ deliveryId }) => signal(tenantId, deliveryId, retrySignal, requester)),
        );
        count += signalled.filter(Boolean).length;
        cursor = page.nextCursor;
      } while (cursor !== undefined && count < limit);
      return count;
    },

    async cancel(tenantId, deliveryId) {
      const { state } = await describe(tenantId, deliveryId);
      if (state !== 'parked' && state !== 'delivering') {
        throw new ConflictError(`There is nothing left to cancel; this delivery is ${wordsOf[state]}.`);
      }
      await signal(tenantId, deliveryId, cancelSignal);
    },

    async resend(tenantId, deliveryId, { force }) {
      const { state } = await describe(tenantId, deliveryId);
      if (state === 'parked' || state === 'delivering') {
        throw new ConflictError(
          `This delivery is ${wordsOf[state]}; retry or cancel it, or wait until it has ended.`,
        );
      }
      const input = await call(() => inputOf(client, deliveryWorkflowId(tenantId, deliveryId)));
      if (await startOnce({ ...input, force }, 'ALLOW_DUPLICATE')) return;
      throw new ConflictError('This delivery was just started again; wait until it has ended.');
    },
  };
}

function noDelivery(tenantId: string, deliveryId: string): NotFoundError {
  return new NotFoundError(`Tenant "${tenantId}" has no delivery "${deliveryId}", or it is no longer kept.`);
}
