/** What the Temporal UI lists behind a figure; docs/operators.md has the same queries. */
export const attentionQuery = 'ExecutionStatus = "Running" AND Trouble IS NOT NULL';

const parked = 'ExecutionStatus = "Running" AND DeliveryState = "parked"';

export function parkedByTroubleQuery(code: string): string {
  return `${parked} AND Trouble = "${code}"`;
}

export function parkedOfTenantQuery(tenantId: string): string {
  return `${parked} AND TenantId = "${tenantId}"`;
}

export const underWayQuery = 'ExecutionStatus = "Running" AND DeliveryState = "delivering"';
