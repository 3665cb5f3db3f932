import type { Client } from '@temporalio/client';
import { IN_TROUBLE_QUERY, PAUSED_QUERY, queryOfState } from './delivery-state.js';
import { callInTime } from './unavailable.js';

/** What is open in Temporal, of all tenants. */
export interface Backlog {
  /** Deliveries under way, those that wait for their next attempt included. */
  delivering: number;
  /** They wait for somebody to mend what is wrong. */
  parked: number;
  /** Parked as well, while their tenant's connection is paused. */
  paused: number;
  /** Operational events that are not yet sent. */
  eventsPending: number;
}

/** Counts what is open, by the index of the server, which is a moment behind. */
export async function countBacklog(client: Client): Promise<Backlog> {
  const count = async (query: string) => (await callInTime(client, () => client.workflow.count(query))).count;
  const [delivering, parked, paused, eventsPending] = await Promise.all([
    count(`WorkflowType = "DeliverSummary" AND ${queryOfState('delivering')}`),
    count(`WorkflowType = "DeliverSummary" AND ${IN_TROUBLE_QUERY}`),
    count(`WorkflowType = "DeliverSummary" AND ${PAUSED_QUERY}`),
    count('WorkflowType = "SendEvent" AND ExecutionStatus = "Running"'),
  ]);
  return { delivering, parked, paused, eventsPending };
}
