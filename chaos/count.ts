import type { Delivery } from '@dci-superoffice/client';
import type { CrmRecord } from '../sandbox/crm.js';
import { countDuplicates } from '../sandbox/records.js';
import type { ChaosPlan } from './plan.js';
import { meetingIdOf } from './summaries.js';

/** What is counted: answers of the API, and what is in SuperOffice. */
export interface Evidence {
  plan: Pick<ChaosPlan, 'deliveries' | 'owners' | 'cancelled' | 'refused'>;
  /** Delivery ids that the API answered, by the number of the summary. */
  accepted: ReadonlyMap<number, string>;
  /** What it says became of them. */
  deliveries: ReadonlyMap<number, Delivery>;
  /** Ids of the deliveries that its lists show as parked. */
  listedAsParked: ReadonlySet<string>;
  /** Records of each tenant. */
  records: readonly (readonly CrmRecord[])[];
}

/** Everything accepted is in one of the first three; the lists name what should not be, each with its reason. */
export interface Tally {
  delivered: number;
  /** As planned, and visible to people, with cause and remedy. */
  parked: number;
  /** As planned. */
  cancelled: number;
  /** Neither handed over nor kept where somebody sees it. */
  lost: string[];
  /** Meetings with more than one record, or one of its parts twice, or with one that was written more than once. */
  duplicates: string[];
  /** Where the service and SuperOffice tell different stories. */
  unexplained: string[];
}

/** Counts in SuperOffice what became of every summary. */
export function count({ plan, accepted, deliveries, listedAsParked, records }: Evidence): Tally {
  const tally: Tally = { delivered: 0, parked: 0, cancelled: 0, lost: [], duplicates: [], unexplained: [] };
  const recordsOf = records.map(byMeeting);

  for (let index = 0; index < plan.deliveries; index += 1) {
    const owner = plan.owners[index] ?? 0;
    const deliveryId = accepted.get(index);
    const name = `${deliveryId ?? '(no delivery)'} of tenant ${owner}, meeting ${meetingIdOf(index)}`;
    const filed = recordsOf[owner]?.get(meetingIdOf(index)) ?? [];
    recordsOf[owner]?.delete(meetingIdOf(index));
    const beyondOne = countDuplicates(filed);
    if (beyondOne > 0) tally.duplicates.push(`${name}: ${beyondOne} too many`);
    else if (filed.some(({ revisions }) => revisions > 0)) tally.duplicates.push(`${name}: written twice`);
    if (filed.some((record) => record.deliveryId !== deliveryId))
      tally.unexplained.push(`${name}: its record is of another delivery`);
    const delivery = deliveries.get(index);
    const isFiled = filed.length > 0;
    if (deliveryId === undefined) tally.unexplained.push(`${name}: was not accepted`);
    else if (delivery?.state === 'delivered' && isFiled) tally.delivered += 1;
    else if (delivery?.state === 'cancelled' && plan.cancelled.has(index)) tally.cancelled += 1;
    else if (
      delivery?.state === 'parked' &&
      !isFiled &&
      delivery.lastFailure &&
      listedAsParked.has(deliveryId)
    ) {
      if (plan.refused.has(index)) tally.parked += 1;
      else tally.unexplained.push(`${name}: parked to the end (${delivery.lastFailure.code})`);
    } else if (isFiled) tally.unexplained.push(`${name}: filed, and the API says ${stateOf(delivery)}`);
    else tally.lost.push(`${name}: not filed, and the API says ${stateOf(delivery)}`);
  }
  for (const [owner, left] of recordsOf.entries()) {
    for (const meetingId of left.keys())
      tally.unexplained.push(`a record of tenant ${owner} that nobody handed in, meeting ${meetingId}`);
  }
  return tally;
}

function byMeeting(records: readonly CrmRecord[]): Map<string, CrmRecord[]> {
  const found = new Map<string, CrmRecord[]>();
  for (const record of records) {
    const others = found.get(record.meetingId);
    if (others) others.push(record);
    else found.set(record.meetingId, [record]);
  }
  return found;
}

function stateOf(delivery: Delivery | undefined): string {
  return delivery === undefined ? 'that there is none' : `"${delivery.state}"`;
}

/** How many summaries are where they should be. */
export function accountedFor({ delivered, parked, cancelled }: Tally): number {
  return delivered + parked + cancelled;
}
