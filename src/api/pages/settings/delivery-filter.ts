import { type DeliveryState, deliveryStates } from '../../../domain/delivery.js';
import type { ListDeliveriesOptions } from '../../../temporal/delivery-list.js';

/** Which summaries to show: all, those in one state, or those that reached SuperOffice and found nobody. */
export const deliveryFilters = ['all', 'no-match', ...deliveryStates] as const;
export type DeliveryFilter = (typeof deliveryFilters)[number];

export function conditionOf(filter: DeliveryFilter): Pick<ListDeliveriesOptions, 'state' | 'result'> {
  if (filter === 'all') return {};
  return filter === 'no-match' ? { result: filter } : { state: filter satisfies DeliveryState };
}
