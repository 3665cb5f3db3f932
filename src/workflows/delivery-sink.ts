import { proxySinks, type Sinks } from '@temporalio/workflow';
import type { DeliveryResult, DeliveryState } from '../domain/delivery.js';

/** What is told of a delivery that has ended: codes, ids and figures. */
export interface EndedDelivery {
  tenantId: string;
  deliveryId: string;
  state: DeliveryState;
  /** What SuperOffice did, of one that was delivered. */
  result?: DeliveryResult;
  /** Calls to SuperOffice, as far as the delivery knows of them. */
  attempts: number;
  /** Since the summary was taken in. */
  durationMs: number;
}

/** What is told of a delivery that parks. */
export interface ParkedDelivery {
  tenantId: string;
  deliveryId: string;
  /** The trouble. */
  code: string;
  /** No call was made: the trouble is the tenant's, and known already. */
  held: boolean;
}

/** How deliveries tell the worker, for logs and metrics: it adds nothing to their histories. */
export interface DeliverySinks extends Sinks {
  deliveries: {
    ended(delivery: EndedDelivery): void;
    parked(delivery: ParkedDelivery): void;
  };
}

export const { deliveries } = proxySinks<DeliverySinks>();
