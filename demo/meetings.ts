import { readFileSync } from 'node:fs';
import type { Summary } from '@dci-superoffice/client';
import { z } from 'zod';
import type { Associate, Contact } from '../sandbox/crm.js';

/** A line of a meetings file. What it does not say of people is made up from the sandbox's CRM. */
const meetingSchema = z.object({
  meetingId: z.string(),
  meetingName: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  summaryMarkdown: z.string(),
  meetingType: z.string().optional(),
  /** In place of `meetingType`, in other data sets. */
  kind: z.string().optional(),
  speakers: z.int().optional(),
  presenterEmail: z.string().optional(),
  participantEmails: z.array(z.string()).optional(),
  recordingUrl: z.string().optional(),
  location: z.string().optional(),
});

type Meeting = z.output<typeof meetingSchema>;

/** A summary that has a text. */
type MeetingSummary = Summary & { summary: string };

/** The people whom the sandbox's CRM knows. */
export interface People {
  contacts: readonly Contact[];
  associates: readonly Associate[];
}

/** More than so many customers seldom meet. */
const MAX_PARTICIPANTS = 5;

/**
 * Reads a JSONL file of meetings as summaries that the API takes.
 *
 * @throws Error that names the file and the line that is wrong
 */
export function readSummaries(file: string, people: People): MeetingSummary[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const meeting = meetingSchema.safeParse(parseJson(line));
    if (!meeting.success) {
      throw new Error(`${file}, line ${index + 1}: ${z.prettifyError(meeting.error)}`);
    }
    return [summaryOf(meeting.data, index, people)];
  });
}

function summaryOf(meeting: Meeting, index: number, { contacts, associates }: People): MeetingSummary {
  const { meetingId, meetingName, startsAt, endsAt, location } = meeting;
  const guests = Math.min(Math.max((meeting.speakers ?? 3) - 1, 1), MAX_PARTICIPANTS);
  const presenterEmail = meeting.presenterEmail ?? associates[index % associates.length]?.email;
  return {
    meetingId,
    meetingName,
    startsAt,
    endsAt,
    summary: meeting.summaryMarkdown,
    meetingType: meeting.meetingType ?? meeting.kind ?? 'meeting',
    ...(presenterEmail !== undefined && { presenterEmail }),
    participantEmails:
      meeting.participantEmails ??
      Array.from({ length: guests }).flatMap(
        (_, guest) => contacts[(index * 3 + guest) % contacts.length]?.emails[0] ?? [],
      ),
    recordingUrl: meeting.recordingUrl ?? `https://ci.dstny.example/recordings/${meetingId}`,
    ...(location !== undefined && { location }),
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
