import { z } from 'zod';

/** A script reads a field that is missing, or is no string, as an empty one. */
const text = z.string().catch('');

/** The fields of the payload that the receiver script reads. */
export const receivedPayloadSchema = z.object({
  kind: text,
  deliveryId: text,
  meetingId: text,
  meetingName: text,
  summaryText: text,
  startsAt: text,
  endsAt: text,
  startLocal: text,
  presenterEmail: text,
  participantEmails: z.array(text).catch([]),
  recordingUrl: text,
  location: text,
  generatedAt: text,
  revision: z.int().catch(0),
  force: z.boolean().catch(false),
});

export type ReceivedPayload = z.output<typeof receivedPayloadSchema>;
