/** Version of the payload that the receiver script gets. */
export const PAYLOAD_SCHEMA_VERSION = 1;

/** What the receiver script in SuperOffice gets, as JSON. Every field is always there, so that the script needs no guards. */
export interface Payload {
  schemaVersion: number;
  kind: 'summary' | 'test';
  deliveryId: string;
  meetingId: string;
  meetingName: string;
  summaryText: string;
  summaryHtml: string;
  /** ISO 8601 in UTC. */
  startsAt: string;
  endsAt: string;
  /** `YYYY-MM-DD HH:MM:SS` in `timeZone`: CRMScript's DateTime reads no zone and no `T` (docs: DateTime). */
  startLocal: string;
  endLocal: string;
  timeZone: string;
  meetingType: string;
  presenterEmail: string;
  participantEmails: string[];
  recordingUrl: string;
  location: string;
  /** When the summary was written, ISO 8601 in UTC; or empty. */
  generatedAt: string;
  /** Counts the summaries of one meeting, from 1: a higher one takes the place of what is filed. 0: not counted. */
  revision: number;
  /** File it once more, whatever there is of it. */
  force: boolean;
}

/**
 * The payload before its summary is rendered as text and HTML. Histories hold this form: three renderings of one
 * summary would treble what is stored.
 */
export type UnrenderedPayload = Omit<Payload, 'summaryText' | 'summaryHtml'>;
