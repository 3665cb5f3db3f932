import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { DeliveryProgress, RetryRequester } from '../domain/delivery.js';

/**
 * Starts a parked delivery again, from loading the connection. Does nothing while a delivery is under way. Without
 * an argument it is a person who asks.
 */
export const retrySignal = defineSignal<[RetryRequester?]>('retry');

/** Ends a delivery for good, parked or under way. */
export const cancelSignal = defineSignal('cancel');

/** Ends a delivery whose meeting has a newer summary. */
export const supersedeSignal = defineSignal('supersede');

/** Where the delivery stands. */
export const statusQuery = defineQuery<DeliveryProgress>('status');

/** To a tenant's recovery: a delivery met a trouble (its code) that stops all of them. */
export const troubleSignal = defineSignal<[string]>('trouble');

/** To a tenant's recovery: somebody mended it, or says so; what is parked may start again. */
export const mendedSignal = defineSignal<[RetryRequester]>('mended');
