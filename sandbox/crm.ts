import { z } from 'zod';

/** A company ("contact" in SuperOffice's tables), with addresses of its own such as `info@`. */
export const companySchema = z.strictObject({
  companyId: z.int().positive(),
  name: z.string(),
  emails: z.array(z.string()),
});
export type Company = z.output<typeof companySchema>;

/** A person at a company. */
export const contactSchema = z.strictObject({
  contactId: z.int().positive(),
  name: z.string(),
  emails: z.array(z.string()).min(1),
  companyId: z.int().positive().optional(),
});
export type Contact = z.output<typeof contactSchema>;

/** A colleague: a user of this SuperOffice, who can own records. */
export const associateSchema = z.strictObject({
  associateId: z.int().positive(),
  name: z.string(),
  email: z.string(),
});
export type Associate = z.output<typeof associateSchema>;

/** What the receiver script filed for one meeting: an appointment. */
export interface CrmRecord {
  recordId: number;
  /** The delivery that wrote it last. */
  deliveryId: string;
  meetingId: string;
  title: string;
  /** ISO 8601 in UTC, as they came. */
  startsAt: string;
  endsAt: string;
  /** `YYYY-MM-DD HH:MM:SS` in the time zone of the connection, as it came. */
  startLocal: string;
  /** The summary's text: the field that only colleagues see. */
  internalNotes: string;
  location: string;
  recordingUrl: string;
  /** 0 where nobody could own it. */
  ownerId: number;
  contactIds: number[];
  companyIds: number[];
  generatedAt: string;
  /** The sender's count of the summaries of the meeting. */
  revision: number;
  /** How often it was updated since it was filed. */
  revisions: number;
  /** ISO 8601 in UTC. */
  filedAt: string;
}

/** The part of a tenant that its receiver script works on. */
export interface Crm {
  companies: Company[];
  contacts: Contact[];
  associates: Associate[];
  /** Owns the records whose presenter is no associate; 0: the first associate. */
  fallbackOwnerId: number;
  records: CrmRecord[];
  recordsByMeeting: Map<string, CrmRecord>;
  /** Every delivery that was taken, also those whose record has been updated since. */
  recordsByDelivery: Map<string, CrmRecord>;
}

/** A CRM's records before the first summary. */
export function createRecords(): Pick<Crm, 'records' | 'recordsByMeeting' | 'recordsByDelivery'> {
  return { records: [], recordsByMeeting: new Map(), recordsByDelivery: new Map() };
}
