import type { Delivery } from '@dci-superoffice/client';
import type { CrmRecord } from '../sandbox/crm.js';
import { countDuplicates } from '../sandbox/records.js';
import { clip, formatTable } from './table.js';

/** What became of one meeting. */
export interface MeetingReport {
  meetingId: string;
  meetingName: string;
  deliveryId?: string;
  state: string;
  result?: string;
  attempts: number;
  matchedContacts: number;
  /** From accepted to ended. */
  milliseconds?: number;
}

/** What became of all of them, counted at SuperOffice's side. */
export interface DemoReport {
  meetings: MeetingReport[];
  delivered: number;
  parked: number;
  /** Handed in, and neither in SuperOffice nor visibly parked. */
  lost: number;
  /** Appointments in SuperOffice beyond one a meeting, and one a further part of its summary. */
  duplicated: number;
}

const MEETING_WIDTH = 48;

/** Puts together what the API says and what SuperOffice's records say. */
export function reportOf(
  summaries: readonly { meetingId: string; meetingName: string }[],
  accepted: readonly (string | undefined)[],
  deliveries: ReadonlyMap<string, Delivery>,
  records: readonly CrmRecord[],
): DemoReport {
  const meetings = summaries.map(({ meetingId, meetingName }, index) => {
    const delivery = deliveries.get(accepted[index] ?? '');
    return { meetingId, meetingName, ...factsOf(delivery) };
  });
  const filed = new Set(records.map(({ meetingId }) => meetingId));
  const arrived = ({ state, result, meetingId }: MeetingReport) =>
    state === 'delivered' && (result === 'no-match' || filed.has(meetingId));
  const delivered = meetings.filter(arrived).length;
  const parked = meetings.filter(({ state }) => state === 'parked').length;
  const skipped = meetings.filter(({ state }) => state === 'skipped').length;
  return {
    meetings,
    delivered,
    parked,
    lost: meetings.length - delivered - parked - skipped,
    duplicated: countDuplicates(records),
  };
}

/** The table of all meetings. */
export function tableOf({ meetings }: DemoReport): string {
  const header = ['meeting', 'state', 'attempts', 'contacts', 'ms'];
  return formatTable(
    header,
    meetings.map(({ meetingName, state, result, attempts, matchedContacts, milliseconds }) => [
      clip(meetingName, MEETING_WIDTH),
      result === undefined ? state : `${state}: ${result}`,
      attempts,
      matchedContacts,
      milliseconds ?? '–',
    ]),
  );
}

/** The last line. */
export function verdictOf({ delivered, parked, lost, duplicated }: DemoReport): string {
  return `${delivered} delivered, ${parked} parked, ${lost} lost, ${duplicated} duplicated`;
}

function factsOf(delivery: Delivery | undefined): Omit<MeetingReport, 'meetingId' | 'meetingName'> {
  if (!delivery) return { state: 'skipped', attempts: 0, matchedContacts: 0 };
  const { deliveryId, state, result, attempts, matchedContacts = 0, acceptedAt, endedAt } = delivery;
  return {
    deliveryId,
    state,
    attempts,
    matchedContacts,
    ...(result !== undefined && { result }),
    ...(endedAt !== undefined && { milliseconds: Date.parse(endedAt) - Date.parse(acceptedAt) }),
  };
}
