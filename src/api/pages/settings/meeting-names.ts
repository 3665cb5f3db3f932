import { LRUCache } from 'lru-cache';
import type { Deliveries, Meeting } from '../../../temporal/deliveries.js';

/** What a delivery carries never changes; but nothing of people is kept for long. In milliseconds. */
const REMEMBERED_MS = 15 * 60_000;
const MAX_REMEMBERED = 2_000;

/** The meetings of deliveries, by their ids; absent where what the delivery started with is no longer kept, or no longer readable. */
export type MeetingNames = (
  tenantId: string,
  deliveryIds: readonly string[],
) => Promise<ReadonlyMap<string, Meeting>>;

/** Looks meetings up in the histories of their deliveries, and remembers them for a while. */
export function createMeetingNames(deliveries: Pick<Deliveries, 'meetingOf'>): MeetingNames {
  const remembered = new LRUCache<string, Meeting>({ max: MAX_REMEMBERED, ttl: REMEMBERED_MS });

  async function find(tenantId: string, deliveryId: string): Promise<[string, Meeting][]> {
    const key = `${tenantId}/${deliveryId}`;
    const meeting = remembered.get(key) ?? (await deliveries.meetingOf(tenantId, deliveryId));
    if (meeting === undefined) return [];
    remembered.set(key, meeting);
    return [[deliveryId, meeting]];
  }

  return async (tenantId, deliveryIds) => {
    const found = await Promise.all(deliveryIds.map((deliveryId) => find(tenantId, deliveryId)));
    return new Map(found.flat());
  };
}
