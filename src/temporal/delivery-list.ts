import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { optionalTsToDate, requiredTsToDate } from '@temporalio/common/lib/time.js';
import proto, { type temporal } from '@temporalio/proto';
import type { DeliveryState } from '../domain/delivery.js';
import { deliveryStateAttribute } from '../workflows/attributes.js';
import { cursorOf, pageTokenOf } from './cursor.js';
import { deliveryStateOf, queryOfState } from './delivery-state.js';
import { deliveryIdOfWorkflow } from './names.js';

const { WorkflowExecutionStatus } = proto.temporal.api.enums.v1;

export interface ListDeliveriesOptions {
  tenantId: string;
  state?: DeliveryState | undefined;
  /** At most so many. */
  limit: number;
  /** Where the page before ended. */
  cursor?: string | undefined;
}

/** One line of a list of deliveries. */
export interface DeliveryListItem {
  deliveryId: string;
  state: DeliveryState;
  acceptedAt: Date;
  endedAt?: Date;
}

export interface DeliveryListing {
  deliveries: DeliveryListItem[];
  /** For the next page; absent on the last one. */
  nextCursor?: string;
}

/** One page of a tenant's deliveries: those under way first, then the ended ones; the newest of each first. */
export async function listDeliveries(
  client: Client,
  options: ListDeliveriesOptions,
): Promise<DeliveryListing> {
  const { tenantId, state, limit, cursor } = options;
  const query = [
    'WorkflowType = "DeliverSummary"',
    `TenantId = "${tenantId}"`,
    ...(state === undefined ? [] : [`(${queryOfState(state)})`]),
  ].join(' AND ');
  const page = await client.workflowService.listWorkflowExecutions({
    namespace: client.options.namespace,
    query,
    pageSize: limit,
    nextPageToken: cursor === undefined ? new Uint8Array() : pageTokenOf(cursor, query),
  });
  return {
    deliveries: page.executions.map(itemOf),
    ...(page.nextPageToken.length > 0 && {
      nextCursor: cursorOf(page.nextPageToken, query),
    }),
  };
}

function itemOf(info: temporal.api.workflow.v1.IWorkflowExecutionInfo): DeliveryListItem {
  const attribute = info.searchAttributes?.indexedFields?.[deliveryStateAttribute.name];
  const endedAt = optionalTsToDate(info.closeTime);
  return {
    deliveryId: deliveryIdOfWorkflow(info.execution?.workflowId ?? ''),
    state: deliveryStateOf(
      info.status ?? WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED,
      attribute ? defaultPayloadConverter.fromPayload<string>(attribute) : undefined,
    ),
    acceptedAt: requiredTsToDate(info.startTime, 'startTime'),
    ...(endedAt && { endedAt }),
  };
}
