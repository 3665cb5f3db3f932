import { z } from 'zod';

/** A company ("contact" in SuperOffice's tables), with addresses of its own such as `info@`. */
export const companySchema = z.strictObject({
  companyId: z.int().positive(),
  name: z.string(),
  emails: z.array(z.string()),
  /** The associate whom SuperOffice names as our contact there; 0: nobody; left out, the first one. */
  ourContactId: z.int().nonnegative().optional(),
});
export type Company = z.output<typeof companySchema>;

/** A person at a company. */
export const contactSchema = z.strictObject({
  contactId: z.int().positive(),
  name: z.string(),
  emails: z.array(z.string()).min(1),
  companyId: z.int().positive().optional(),
  /** Has left the company. */
  hasLeft: z.boolean().optional(),
});
export type Contact = z.output<typeof contactSchema>;

/** As a rule a colleague: a user of this SuperOffice, who can own records. */
export const associateSchema = z.strictObject({
  associateId: z.int().positive(),
  name: z.string(),
  email: z.string(),
  /** Is no user any more. */
  hasLeft: z.boolean().optional(),
  /** The company at which the associate is registered; left out, our own. */
  companyId: z.int().positive().optional(),
  /** AssociateType; left out, 0: an employee. 4 is somebody of a customer who may sign in to its pages. */
  type: z.int().nonnegative().optional(),
});
export type Associate = z.output<typeof associateSchema>;

/** The people and companies that a tenant's SuperOffice knows. */
export interface Crm {
  companies: Company[];
  contacts: Contact[];
  associates: Associate[];
}

/** An appointment, by its fields. */
export interface CrmAppointment {
  recordId: number;
  title: string;
  /** `YYYY-MM-DD HH:MM:SS`, in SuperOffice's base time zone. */
  startLocal: string;
  endLocal: string;
  /** The field that only colleagues see. */
  internalNotes: string;
  location: string;
  ownerId: number;
  /** 0: nobody, or no company. */
  contactId: number;
  companyId: number;
  isCompleted: boolean;
  /** How often it was updated since it was filed. */
  revisions: number;
}

/** An appointment that holds a further part of a long summary. */
export interface CrmContinuation extends CrmAppointment {
  /** From 2. */
  part: number;
}

/** What the receiver script filed for one meeting: an appointment, as its keys and fields tell. */
export interface CrmRecord extends CrmAppointment {
  /** The delivery that came last. */
  deliveryId: string;
  meetingId: string;
  /** The link in the notes; empty where there is none. */
  recordingUrl: string;
  /** When the summary that it holds was written, and the sender's count of it. */
  generatedAt: string;
  revision: number;
  /** What goes on in other appointments, by part; also those that a run which was killed has left. */
  continuations: CrmContinuation[];
}
