import proto, { type temporal } from '@temporalio/proto';
import type { DeliveryState } from '../domain/delivery.js';
import { NO_MATCH } from '../workflows/attributes.js';

const { WorkflowExecutionStatus } = proto.temporal.api.enums.v1;

/** States that a completed workflow has by its attribute alone; with any other it is delivered. */
const endedStates: ReadonlySet<string> = new Set([
  'skipped',
  'cancelled',
  'superseded',
  'expired',
] satisfies DeliveryState[]);

/** The state of a delivery, from its workflow's status and its `DeliveryState` attribute. */
export function deliveryStateOf(
  status: temporal.api.enums.v1.WorkflowExecutionStatus,
  attribute: string | undefined,
): DeliveryState {
  switch (status) {
    case WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING:
      return attribute === 'parked' ? 'parked' : 'delivering';
    case WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED:
      return endedStates.has(attribute ?? '') ? (attribute as DeliveryState) : 'delivered';
    case WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED:
      return 'cancelled';
    default:
      return 'failed';
  }
}

/** The same rule as a visibility query. */
export function queryOfState(state: DeliveryState): string {
  switch (state) {
    case 'delivering':
    case 'parked':
      return `ExecutionStatus = "Running" AND DeliveryState = "${state}"`;
    case 'delivered':
      return `ExecutionStatus = "Completed" AND DeliveryState IN ("delivering", "${NO_MATCH}")`;
    case 'skipped':
    case 'superseded':
    case 'expired':
      return `ExecutionStatus = "Completed" AND DeliveryState = "${state}"`;
    case 'cancelled':
      return '(ExecutionStatus = "Canceled" OR (ExecutionStatus = "Completed" AND DeliveryState = "cancelled"))';
    case 'failed':
      return 'ExecutionStatus IN ("Failed", "Terminated", "TimedOut")';
  }
}

/** Deliveries that are parked because their tenant's connection is paused: nothing is wrong with them. */
export const PAUSED_QUERY = `${queryOfState('parked')} AND Trouble = "paused"`;

/**
 * All others that are parked, and wait for somebody to mend what is wrong. To SQL, what is not there is not unequal to
 * anything.
 */
export const IN_TROUBLE_QUERY = `${queryOfState('parked')} AND (Trouble IS NULL OR Trouble != "paused")`;

/** Deliveries that arrived and matched nobody. */
export const NO_MATCH_QUERY = `ExecutionStatus = "Completed" AND DeliveryState = "${NO_MATCH}"`;
