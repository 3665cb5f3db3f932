import { createHash } from 'node:crypto';
import { z } from 'zod';
import { email, MAX_PARTICIPANTS, type Summary, summarySchema } from './summary.js';

/** The one event that carries a summary; DCI sends it when a conversation is fully processed. */
export const COMPLETED_EVENT = 'conversation.completed';

/** The name of a conversation that has no title, and is with no company that DCI knows. */
const NAMELESS = 'Conversation';

/** What is not of the documented type is taken for absent: a summary is not lost over it. */
const text = z.string().trim().min(1).optional().catch(undefined);

const conversationSchema = z.object({
  id: z.unknown().optional(),
  title: text,
  company: text,
  date: text,
  /** In seconds. */
  duration: z.coerce.number().min(0).optional().catch(undefined),
  medium: text,
  conversation_type: text,
  summary: z.unknown().optional(),
  user: z.object({ email: text }).catch({}),
  participants: z.array(z.object({ email: text }).catch({})).catch([]),
});

/**
 * A webhook's body (source: DCI's REST API v1, "conversation.completed"). Every event has a name; of the rest only
 * what `readDciEvent` uses is looked at.
 */
export const dciEventSchema = z.looseObject({
  event: z.string().min(1),
  timestamp: z.unknown().optional().describe('When the event happened, ISO 8601.'),
  data: z.unknown().optional().describe(`Of ${COMPLETED_EVENT}: an object with the conversation.`),
});

export type DciEvent = z.output<typeof dciEventSchema>;

/** What an event asks for. A refusal names the field by its JSON pointer, and quotes nothing. */
export type DciEventMeaning =
  | { kind: 'summary'; summary: Summary }
  | { kind: 'ignored' }
  | { kind: 'refused'; pointer: string; detail: string };

/**
 * Event → summary. Only the conversation's id and a readable summary text are indispensable; an absent summary is one
 * without text. The revision is told by the text, so that the same text, sent again at any time, is the same delivery.
 *
 * @param receivedAt stands in for the conversation's time where the event tells none
 */
export function readDciEvent({ event, timestamp, data }: DciEvent, receivedAt: Date): DciEventMeaning {
  if (event !== COMPLETED_EVENT) return { kind: 'ignored' };
  const { data: body } = z.object({ conversation: conversationSchema }).safeParse(data);
  if (!body) return { kind: 'refused', pointer: '/data/conversation', detail: 'Send the conversation.' };

  const { conversation } = body;
  const { id, title, company, medium, conversation_type: type, user } = conversation;
  const generatedAt = instantOf(timestamp);
  const startsAt = instantOf(conversation.date) ?? generatedAt ?? receivedAt.toISOString();
  const meetingType = type ?? medium;
  const result = summarySchema.safeParse({
    meetingId: id,
    meetingName: clip(title ?? company ?? NAMELESS, 1000),
    summary: conversation.summary,
    summaryId: revisionOf(conversation.summary),
    startsAt,
    endsAt: endOf(startsAt, conversation.duration),
    meetingType: meetingType && clip(meetingType, 200),
    presenterEmail: addressesOf([user])[0],
    participantEmails: addressesOf(conversation.participants).slice(0, MAX_PARTICIPANTS),
    generatedAt,
  });
  if (result.success) return { kind: 'summary', summary: result.data };
  const [issue] = result.error.issues;
  return {
    kind: 'refused',
    pointer: issue?.path[0] === 'meetingId' ? '/data/conversation/id' : '/data/conversation/summary',
    detail: issue?.message ?? 'Send the conversation as documented.',
  };
}

function revisionOf(summary: unknown): string | undefined {
  if (typeof summary !== 'string') return undefined;
  return `text:${createHash('sha256').update(summary).digest('hex')}`;
}

/** ISO 8601, with or without a zone (then UTC), in UTC; undefined for what is none. */
function instantOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(
    value,
  );
  if (!parts) return undefined;
  const [, day = '', time = '00:00', zone = 'Z'] = parts;
  return isoOf(Date.parse(`${day}T${time}${zone}`));
}

/** The end of a conversation; where its length is not known, or not believable, its start. */
function endOf(startsAt: string, durationSeconds = 0): string {
  return isoOf(Date.parse(startsAt) + durationSeconds * 1000) ?? startsAt;
}

/** Undefined outside the years of four digits. */
function isoOf(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return undefined;
  return z.iso.datetime().safeParse(date.toISOString()).data;
}

/** Each address once; persons without a readable one are left out. */
function addressesOf(people: readonly { email?: string | undefined }[]): string[] {
  const addresses = people.flatMap((person) => email.safeParse(person.email).data ?? []);
  const known = new Set<string>();
  return addresses.filter((address) => known.size < known.add(address.toLowerCase()).size);
}

/** Cut without leaving half of a character. */
function clip(words: string, maximum: number): string {
  if (words.length <= maximum) return words;
  return words.slice(0, maximum).replace(/[\uD800-\uDBFF]$/u, '');
}
