import proto, { type temporal } from '@temporalio/proto';
import type { DeliveryState } from '../domain/delivery.js';

const { WorkflowExecutionStatus } = proto.temporal.api.enums.v1;

/** The state of a delivery, from its workflow's status and its `DeliveryState` attribute. */
export function deliveryStateOf(
  status: temporal.api.enums.v1.WorkflowExecutionStatus,
  attribute: string | undefined,
): DeliveryState {
  switch (status) {
    case WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING:
      return attribute === 'parked' ? 'parked' : 'delivering';
    case WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED:
      return attribute === 'skipped' || attribute === 'cancelled' ? attribute : 'delivered';
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
      return 'ExecutionStatus = "Completed" AND DeliveryState = "delivering"';
    case 'skipped':
      return 'ExecutionStatus = "Completed" AND DeliveryState = "skipped"';
    case 'cancelled':
      return '(ExecutionStatus = "Canceled" OR (ExecutionStatus = "Completed" AND DeliveryState = "cancelled"))';
    case 'failed':
      return 'ExecutionStatus IN ("Failed", "Terminated", "TimedOut")';
  }
}
