import { DELIVERY_ID_PATTERN } from '../domain/delivery-id.js';

/** The task queue of all workers, unless configuration names another. */
export const DEFAULT_TASK_QUEUE = 'dci-superoffice';

const DELIVERY_PREFIX = 'delivery';

/** The workflow id of a delivery: one delivery, one workflow, however often it is submitted. */
export function deliveryWorkflowId(tenantId: string, deliveryId: string): string {
  return `${DELIVERY_PREFIX}/${tenantId}/${deliveryId}`;
}

/** The workflow id of every change of a tenant's connection: one at a time. */
export function connectionWorkflowId(tenantId: string): string {
  return `connection/${tenantId}`;
}

/** The workflow id of a test of a tenant's connection. */
export function testWorkflowId(tenantId: string): string {
  return `test/${tenantId}`;
}

/** The delivery id in a workflow id. */
export function deliveryIdOfWorkflow(workflowId: string): string {
  const deliveryId = workflowId.split('/')[2];
  if (deliveryId === undefined || !DELIVERY_ID_PATTERN.test(deliveryId)) {
    throw new Error(`"${workflowId}" is not the workflow id of a delivery.`);
  }
  return deliveryId;
}

/** The workflow that sees a tenant through a trouble which stops all of its deliveries. */
export function recoveryWorkflowId(tenantId: string): string {
  return `recovery/${tenantId}`;
}
