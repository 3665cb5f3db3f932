import type { InjectedSinks } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { DeliverySinks, EndedDelivery, ParkedDelivery } from '../workflows/delivery-sink.js';

/** Hears of every delivery that ends or parks. */
export interface DeliveryObserver {
  ended(delivery: EndedDelivery): void;
  parked(delivery: ParkedDelivery): void;
}

/** The worker's end of what deliveries tell: one line for each that ends, and figures of both. Not while replaying. */
export function deliverySinks(logger: Logger, observer: DeliveryObserver): InjectedSinks<DeliverySinks> {
  return {
    deliveries: {
      ended: {
        fn({ workflowId, runId }, delivery) {
          logger.info({ ...delivery, workflowId, runId }, 'delivery ended');
          observer.ended(delivery);
        },
      },
      // It logs that itself, with all that is known.
      parked: { fn: (_info, delivery) => observer.parked(delivery) },
    },
  };
}
