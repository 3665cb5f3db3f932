import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { DeliveryProgress } from '../domain/delivery.js';

/** Starts a parked delivery again, from loading the connection. Does nothing while a delivery is under way. */
export const retrySignal = defineSignal('retry');

/** Ends a delivery for good, parked or under way. */
export const cancelSignal = defineSignal('cancel');

/** Where the delivery stands. */
export const statusQuery = defineQuery<DeliveryProgress>('status');
