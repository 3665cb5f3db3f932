import { z } from 'zod';

/** Longest summary text, in UTF-16 units. An AI summary has about 10,000; the wire to SuperOffice ends at 1 MB. */
export const MAX_SUMMARY_LENGTH = 100_000;

const instant = z.iso.datetime({
  offset: true,
  // What is no time is not compared with another one.
  abort: true,
  error: 'Give a time as ISO 8601 with an offset, such as 2026-09-01T10:00:00+02:00.',
});

/**
 * Only the shape: calendars hold addresses of rooms and of other alphabets, and a summary must not be lost over one
 * that matches nobody.
 */
export const email = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'Give a complete e-mail address.');

/** More people than this are not told of one meeting. */
export const MAX_PARTICIPANTS = 500;

/** Where a recording can be looked at. */
export const recordingLink = z
  .url({ protocol: /^https?$/, error: 'Give a complete http(s) link.' })
  .max(2000);

/** What DCI hands over for one meeting. Times are ISO 8601 with an offset. */
export const summarySchema = z
  .object({
    meetingId: z.string().trim().min(1).max(200),
    meetingName: z.string().trim().min(1).max(1000),
    /** Markdown, HTML or plain text. Empty or absent: the meeting has no summary, and nothing is pushed. */
    summary: z
      .string()
      .max(MAX_SUMMARY_LENGTH)
      .nullish()
      .transform((text) => text ?? ''),
    /** DCI's own id of this summary, when it has one: it then tells revisions apart. */
    summaryId: z.string().trim().min(1).max(200).optional(),
    startsAt: instant,
    endsAt: instant,
    meetingType: z.string().trim().max(200).optional(),
    /** Absent where DCI knows of none: the record then gets SuperOffice's fallback owner. */
    presenterEmail: email.optional(),
    participantEmails: z.array(email).max(MAX_PARTICIPANTS),
    /** A link only; no media leaves DCI. */
    recordingUrl: recordingLink.optional(),
    location: z.string().trim().max(1000).optional(),
    /** When the summary was written; the newest revision of a meeting wins. */
    generatedAt: instant.optional(),
  })
  .refine((summary) => Date.parse(summary.endsAt) >= Date.parse(summary.startsAt), {
    path: ['endsAt'],
    error: 'The meeting ends before it starts.',
  });

export type Summary = z.output<typeof summarySchema>;

/** Whether there is anything to push: a meeting without a summary pushes nothing. */
export function hasText(summary: Pick<Summary, 'summary'>): boolean {
  return summary.summary.trim() !== '';
}
