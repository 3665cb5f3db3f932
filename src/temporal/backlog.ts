import type { Client } from '@temporalio/client';
import { queryOfState } from './delivery-state.js';
import { callInTime } from './unavailable.js';

/** What is open in Temporal, of all tenants. */
export interface Backlog {
  /** Deliveries under way, those that wait for their next attempt included. */
  delivering: number;
  parked: number;
  /** Operational events that are not yet sent. */
  eventsPending: number;
}

/** Counts what is open, by the index of the server, which is a moment behind. */
export async function countBacklog(client: Client): Promise<Backlog> {
  const count = async (query: string) => (await callInTime(client, () => client.workflow.count(query))).count;
  const [delivering, parked, eventsPending] = await Promise.all([
    count(`WorkflowType = "DeliverSummary" AND ${queryOfState('delivering')}`),
    count(`WorkflowType = "DeliverSummary" AND ${queryOfState('parked')}`),
    count('WorkflowType = "SendEvent" AND ExecutionStatus = "Running"'),
  ]);
  return { delivering, parked, eventsPending };
}
