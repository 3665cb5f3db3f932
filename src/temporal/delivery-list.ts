import type { Client } from '@temporalio/client';
import { optionalTsToDate, requiredTsToDate } from '@temporalio/common/lib/time.js';
import proto, { type temporal } from '@temporalio/proto';
import type { DeliveryState } from '../domain/delivery.js';
import { deliveryStateAttribute, NO_MATCH, troubleAttribute } from '../workflows/attributes.js';
import { cursorOf, pageTokenOf } from './cursor.js';
import { deliveryStateOf, NO_MATCH_QUERY, queryOfState } from './delivery-state.js';
import { keywordOf } from './keyword-attribute.js';
import { deliveryIdOfWorkflow } from './names.js';

const { WorkflowExecutionStatus } = proto.temporal.api.enums.v1;

export interface ListDeliveriesOptions {
  tenantId: string;
  state?: DeliveryState | undefined;
  /** Only those that matched nobody in SuperOffice. */
  result?: typeof NO_MATCH | undefined;
  /** At most so many. */
  limit: number;
  /** Where the page before ended. */
  cursor?: string | undefined;
}

/** One line of a list of deliveries. */
export interface DeliveryListItem {
  deliveryId: string;
  state: DeliveryState;
  result?: typeof NO_MATCH;
  /** Why a parked delivery is parked: a code. */
  trouble?: string;
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
  const { tenantId, state, result, limit, cursor } = options;
  const query = [
    queryOfTenant(tenantId),
    ...(state === undefined ? [] : [`(${queryOfState(state)})`]),
    ...(result === undefined ? [] : [`(${NO_MATCH_QUERY})`]),
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

/** All deliveries of a tenant, as a visibility query. */
export function queryOfTenant(tenantId: string): string {
  return `WorkflowType = "DeliverSummary" AND TenantId = "${tenantId}"`;
}

function itemOf(info: temporal.api.workflow.v1.IWorkflowExecutionInfo): DeliveryListItem {
  const attribute = keywordOf(info, deliveryStateAttribute);
  const trouble = keywordOf(info, troubleAttribute);
  const state = deliveryStateOf(
    info.status ?? WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED,
    attribute,
  );
  const endedAt = optionalTsToDate(info.closeTime);
  return {
    deliveryId: deliveryIdOfWorkflow(info.execution?.workflowId ?? ''),
    state,
    ...(attribute === NO_MATCH && { result: NO_MATCH }),
    ...(trouble !== undefined && (state === 'parked' || state === 'expired') && { trouble }),
    acceptedAt: requiredTsToDate(info.startTime, 'startTime'),
    ...(endedAt && { endedAt }),
  };
}
