import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { encodeToPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import proto from '@temporalio/proto';
import type { RetryRequester } from '../domain/delivery.js';
import { ConflictError } from '../domain/errors.js';
import { retrySignal } from '../workflows/messages.js';
import { queryOfState } from './delivery-state.js';
import { callInTime } from './unavailable.js';

const { BATCH_OPERATION_STATE_RUNNING } = proto.temporal.api.enums.v1.BatchOperationState;

/** So many of the newest batches are looked at; the server runs one at a time. */
const RECENT_BATCHES = 20;

/** What a batch reaches. */
export interface BatchReach {
  /** Recoveries of tenants, each of which makes a test call before it starts what is parked. */
  recoveries: number;
  /** Parked deliveries. */
  deliveries: number;
}

/**
 * Starts everything again that is parked by one trouble, of all tenants, by a batch of Temporal, which goes on in its
 * own time (50 a second by default) whatever becomes of the caller.
 *
 * Where tenants are stopped by the trouble, their recoveries are told that it is mended, and go about it a few
 * deliveries first. Each delivery is told as well, since some may be parked by it without a recovery; one that is held by
 * its tenant's trouble then only looks whether that is over, without a call.
 *
 * @param code of the trouble
 * @throws ConflictError while another batch of the namespace is under way
 * @throws UnavailableError while Temporal is away
 */
export async function retryAllParkedBy(client: Client, taskQueue: string, code: string): Promise<BatchReach> {
  const trouble = `TaskQueue = ${JSON.stringify(taskQueue)} AND Trouble = ${JSON.stringify(code)}`;
  const recoveries = 'WorkflowType = "RecoverConnection" AND ExecutionStatus = "Running"';
  const deliveries = `WorkflowType = "DeliverSummary" AND ${queryOfState('parked')}`;
  const requester: RetryRequester = 'all';

  return callInTime(client, async () => {
    const { namespace, identity, loadedDataConverter } = client.options;
    const count = async (query: string) => (await client.workflow.count(`${trouble} AND ${query}`)).count;
    const recent = await client.workflowService.listBatchOperations({ namespace, pageSize: RECENT_BATCHES });
    if (recent.operationInfo.some(({ state }) => state === BATCH_OPERATION_STATE_RUNNING)) {
      throw new ConflictError('Another batch is under way in Temporal; try again when it is over.');
    }
    const reach = { recoveries: await count(recoveries), deliveries: await count(deliveries) };
    if (reach.recoveries + reach.deliveries === 0) return reach;
    await client.workflowService.startBatchOperation({
      namespace,
      jobId: randomUUID(),
      visibilityQuery: `${trouble} AND ((${recoveries}) OR (${deliveries}))`,
      reason: `retry all parked by ${code}`,
      signalOperation: {
        signal: retrySignal.name,
        input: { payloads: (await encodeToPayloads(loadedDataConverter, requester)) ?? [] },
        identity,
      },
    });
    return reach;
  });
}
