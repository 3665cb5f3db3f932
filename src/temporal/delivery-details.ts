import type { WorkflowExecutionDescription } from '@temporalio/client';
import type { DeliveryOutcome, DeliveryState, ParkReason, Receipt, SkipReason } from '../domain/delivery.js';
import { ATTEMPTS_MEMO, deliveryStateAttribute, PARKED_MEMO } from '../workflows/attributes.js';
import { deliveryStateOf } from './delivery-state.js';
import type { PendingPush } from './pending-push.js';

/** All that is known of one delivery. */
export interface DeliveryDetails {
  deliveryId: string;
  state: DeliveryState;
  acceptedAt: Date;
  endedAt?: Date;
  /** Calls to SuperOffice so far, as far as they are known: one that has just begun may not be among them. */
  attempts: number;
  lastFailure?: ParkReason;
  nextAttemptAt?: Date;
  receipt?: Receipt;
  skipReason?: SkipReason;
}

/** Puts it together from what Temporal tells of the workflow, of its pending activity and of its outcome. */
export function detailsOf(
  deliveryId: string,
  description: WorkflowExecutionDescription,
  pending: PendingPush | undefined,
  outcome: DeliveryOutcome | undefined,
): DeliveryDetails {
  const parked = description.memo?.[PARKED_MEMO] as ParkReason | undefined;
  const state = deliveryStateOf(
    description.status.code,
    description.typedSearchAttributes.get(deliveryStateAttribute),
  );
  return {
    deliveryId,
    state,
    acceptedAt: description.startTime,
    ...(description.closeTime && { endedAt: description.closeTime }),
    attempts: attemptsOf(description, pending, outcome),
    ...lastFailure(pending, parked, state),
    ...(pending?.nextAttemptAt && { nextAttemptAt: pending.nextAttemptAt }),
    ...(outcome?.state === 'delivered' && { receipt: receiptOf(outcome) }),
    ...(outcome?.state === 'skipped' && { skipReason: outcome.reason }),
  };
}

function attemptsOf(
  { memo }: WorkflowExecutionDescription,
  pending: PendingPush | undefined,
  outcome: DeliveryOutcome | undefined,
): number {
  if (outcome?.state === 'delivered') return outcome.attempts;
  const earlier = (memo?.[ATTEMPTS_MEMO] as number | undefined) ?? 0;
  return earlier + (pending?.calls ?? 0);
}

function lastFailure(
  pending: PendingPush | undefined,
  parked: ParkReason | undefined,
  state: DeliveryState,
): { lastFailure?: ParkReason } {
  if (pending?.failureCode === 'waiting-turn') return {};
  if (pending?.failureCode !== undefined) return { lastFailure: { code: pending.failureCode } };
  return parked !== undefined && state !== 'delivered' ? { lastFailure: parked } : {};
}

function receiptOf({
  state: _,
  attempts: __,
  ...receipt
}: DeliveryOutcome & { state: 'delivered' }): Receipt {
  return receipt;
}
