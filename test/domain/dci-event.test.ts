import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { completedEvent } from '../../sandbox/dci-event.js';
import { dciEventSchema, readDciEvent } from '../../src/domain/dci-event.js';
import { deliveryIdOf } from '../../src/domain/delivery-id.js';
import { MAX_SUMMARY_LENGTH, summarySchema } from '../../src/domain/summary.js';

const RECEIVED_AT = new Date('2026-02-08T00:00:05.000Z');

function meaningOf(conversation: Record<string, unknown> = {}, event: Record<string, unknown> = {}) {
  return readDciEvent(dciEventSchema.parse(completedEvent(conversation, event)), RECEIVED_AT);
}

function summaryOf(conversation: Record<string, unknown> = {}, event: Record<string, unknown> = {}) {
  const meaning = meaningOf(conversation, event);
  if (meaning.kind !== 'summary') throw new Error(`This is ${JSON.stringify(meaning)}`);
  return meaning.summary;
}

test("the event of DCI's documentation becomes a summary", () => {
  expect(summaryOf()).toEqual({
    meetingId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    meetingName: 'Discovery call — Acme',
    summary: 'Summary text...',
    summaryId: expect.stringMatching(/^text:[0-9a-f]{64}$/) as string,
    startsAt: '2026-02-07T09:00:00.000Z',
    endsAt: '2026-02-07T09:30:00.000Z',
    meetingType: 'sales',
    presenterEmail: 'erik.lindstrom@telco-demo.test',
    participantEmails: ['jane@acme.com'],
    generatedAt: '2026-02-08T00:00:00.000Z',
  });
});

describe('a summary is not lost over what is missing or odd', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['no title', { title: null }, { meetingName: 'Acme' }],
    ['an empty title', { title: '  ' }, { meetingName: 'Acme' }],
    ['neither title nor company', { title: null, company: null }, { meetingName: 'Conversation' }],
    ['a title of another type', { title: 7 }, { meetingName: 'Acme' }],
    ['a title that is too long', { title: `${'x'.repeat(999)}🪑` }, { meetingName: 'x'.repeat(999) }],
    ['a title that is half of a character', { title: '\ud83e' }, { meetingName: '\ud83e' }],
    [
      'a title that ends with half of a character, and just fits',
      { title: `${'x'.repeat(999)}\ud83e` },
      { meetingName: `${'x'.repeat(999)}\ud83e` },
    ],
    ['no type', { conversation_type: null }, { meetingType: 'call' }],
    ['neither type nor medium', { conversation_type: '', medium: null }, { meetingType: undefined }],
    ['no date', { date: null }, { startsAt: '2026-02-08T00:00:00.000Z', endsAt: '2026-02-08T00:30:00.000Z' }],
    ['a date that is none', { date: '2026-13-45T99:00:00Z' }, { startsAt: '2026-02-08T00:00:00.000Z' }],
    [
      'a date of another zone',
      { date: '2026-02-07T09:00:00+02:00' },
      { startsAt: '2026-02-07T07:00:00.000Z' },
    ],
    ['a date without a zone', { date: '2026-02-07 09:00:00' }, { startsAt: '2026-02-07T09:00:00.000Z' }],
    ['a date without seconds', { date: '2026-02-07T09:00Z' }, { startsAt: '2026-02-07T09:00:00.000Z' }],
    ['a date with more before it', { date: 'on 2026-02-07' }, { startsAt: '2026-02-08T00:00:00.000Z' }],
    [
      'a date with more behind it',
      { date: '2026-02-07T09:00:00Z?' },
      { startsAt: '2026-02-08T00:00:00.000Z' },
    ],
    ['a date without a time', { date: '2026-02-07' }, { startsAt: '2026-02-07T00:00:00.000Z' }],
    ['no duration', { duration: null }, { endsAt: '2026-02-07T09:00:00.000Z' }],
    ['a duration below zero', { duration: -5 }, { endsAt: '2026-02-07T09:00:00.000Z' }],
    ['a duration beyond all time', { duration: 1e300 }, { endsAt: '2026-02-07T09:00:00.000Z' }],
    ['a duration in a string', { duration: '60' }, { endsAt: '2026-02-07T09:01:00.000Z' }],
    ['a duration that is an object', { duration: { valueOf: 1 } }, { endsAt: '2026-02-07T09:00:00.000Z' }],
    ['no user', { user: null }, { presenterEmail: undefined }],
    ['a user without an address', { user: { email: null } }, { presenterEmail: undefined }],
    ['a user with an address that is none', { user: { email: 'Erik' } }, { presenterEmail: undefined }],
    ['no participants', { participants: undefined }, { participantEmails: [] }],
    ['participants that are no list', { participants: 'jane@acme.com' }, { participantEmails: [] }],
    [
      'participants without an address, or with the same',
      {
        participants: [
          null,
          {},
          { email: 'Jane' },
          { email: ' a@b.se ' },
          { email: 'A@b.se' },
          { email: 'c@d.se' },
        ],
      },
      { participantEmails: ['a@b.se', 'c@d.se'] },
    ],
    [
      'participants whose addresses only look the same in capitals',
      { participants: [{ email: 'weiß@b.se' }, { email: 'weiss@b.se' }] },
      { participantEmails: ['weiß@b.se', 'weiss@b.se'] },
    ],
  ])('%s', (_case, conversation, expected) => {
    expect(summaryOf(conversation)).toMatchObject(expected);
  });

  test('everything but id and text', () => {
    const data = { conversation: { id: 'c-1', summary: 'We agreed.' } };
    expect(
      readDciEvent(dciEventSchema.parse({ event: 'conversation.completed', data }), RECEIVED_AT),
    ).toEqual({
      kind: 'summary',
      summary: {
        meetingId: 'c-1',
        meetingName: 'Conversation',
        summary: 'We agreed.',
        summaryId: expect.any(String) as string,
        startsAt: RECEIVED_AT.toISOString(),
        endsAt: RECEIVED_AT.toISOString(),
        participantEmails: [],
      },
    });
    const untold = { conversation: { id: 'c-1' } };
    expect(meaningOf({}, { data: untold })).toMatchObject({ kind: 'summary', summary: { summary: '' } });
  });

  test('a crowd: the first five hundred are told', () => {
    const participants = Array.from({ length: 700 }, (_, index) => ({ email: `p${index}@crowd.example` }));
    expect(summaryOf({ participants }).participantEmails).toHaveLength(500);
  });

  test('a time of the event of another type: as if there were none', () => {
    const { generatedAt, startsAt } = summaryOf({ date: null }, { timestamp: ['2026-02-01'] });
    expect({ generatedAt, startsAt }).toEqual({
      generatedAt: undefined,
      startsAt: RECEIVED_AT.toISOString(),
    });
  });

  test('no time at all: when it was received', () => {
    expect(summaryOf({ date: null }, { timestamp: null })).toMatchObject({
      startsAt: RECEIVED_AT.toISOString(),
    });
  });
});

test('a conversation without a summary is one whose summary is empty', () => {
  for (const summary of [undefined, null, '']) expect(summaryOf({ summary }).summary).toBe('');
});

describe('what can not be delivered is refused, by its field and without a quote', () => {
  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ['no id', { id: null }, '/data/conversation/id', /string/],
    ['an id of another type', { id: { secret: 'zq7' } }, '/data/conversation/id', /string/],
    ['an id that is too long', { id: 'zq7'.repeat(100) }, '/data/conversation/id', /200/],
    ['a summary of another type', { summary: ['zq7'] }, '/data/conversation/summary', /string/],
    [
      'a summary that is too long',
      { summary: 'z'.repeat(MAX_SUMMARY_LENGTH + 1) },
      '/data/conversation/summary',
      /100000/,
    ],
  ])('%s', (_case, conversation, pointer, words) => {
    const meaning = meaningOf(conversation);
    expect(meaning).toEqual({ kind: 'refused', pointer, detail: expect.stringMatching(words) as string });
    expect(JSON.stringify(meaning)).not.toMatch(/zq7|zzz/);
  });

  test.each([null, 7, 'x', [], {}, { conversation: null }])('data that is %j', (data) => {
    expect(meaningOf({}, { data })).toEqual({
      kind: 'refused',
      pointer: '/data/conversation',
      detail: 'Send the conversation.',
    });
  });
});

test('an event has a name, and says of its other fields what they are', () => {
  for (const event of [undefined, '', 7]) expect(dciEventSchema.safeParse({ event }).success).toBe(false);
  const { properties } = z.toJSONSchema(dciEventSchema);
  const described = expect.stringMatching(/^[A-Z].{15,}\.$/) as string;
  expect(properties).toMatchObject({
    timestamp: { description: described },
    data: { description: described },
  });
});

test('other events are ignored, whatever they bring', () => {
  for (const event of ['conversation.created', 'ping', 'Conversation.Completed', '__proto__']) {
    expect(readDciEvent({ event, data: 7 }, RECEIVED_AT)).toEqual({ kind: 'ignored' });
  }
});

test('the same conversation and text is the same delivery, whatever else differs; another text is another', () => {
  const idOf = (conversation: Record<string, unknown>, event: Record<string, unknown> = {}) =>
    deliveryIdOf('acme', summaryOf(conversation, event));
  const id = idOf({});
  expect(idOf({ title: 'Renamed', duration: 5, user: null }, { timestamp: '2026-03-01T00:00:00Z' })).toBe(id);
  expect(idOf({ summary: 'Another text' })).not.toBe(id);
  expect(idOf({ id: 'another' })).not.toBe(id);
});

test('whatever comes is a valid summary, ignored, or a clear refusal; nothing throws', () => {
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, Number.MAX_VALUE, '\uD800', '0000-01-01'));
  const conversation = fc.record(
    {
      id: fc.oneof({ weight: 5, arbitrary: fc.string() }, odd),
      title: fc.oneof(fc.string({ unit: 'binary', maxLength: 2000 }), odd),
      company: odd,
      date: fc.oneof(
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        odd,
      ),
      duration: fc.oneof(fc.double(), odd),
      medium: odd,
      conversation_type: fc.oneof(fc.string({ unit: 'binary', maxLength: 500 }), odd),
      summary: fc.oneof({ weight: 5, arbitrary: fc.string({ unit: 'binary' }) }, odd),
      user: fc.oneof(fc.record({ email: fc.oneof(fc.emailAddress(), odd) }), odd),
      participants: fc.oneof(
        fc.array(fc.oneof(fc.record({ email: fc.oneof(fc.emailAddress(), odd) }), odd)),
        odd,
      ),
    },
    { requiredKeys: [] },
  );
  const event = fc.record({
    event: fc.constantFrom('conversation.completed', 'another'),
    timestamp: odd,
    data: fc.oneof({ weight: 5, arbitrary: fc.record({ conversation }) }, odd),
  });
  fc.assert(
    fc.property(event, (one) => {
      const meaning = readDciEvent(one, RECEIVED_AT);
      if (meaning.kind === 'summary') {
        expect(summarySchema.parse(meaning.summary)).toEqual(meaning.summary);
        expect(meaning.summary.meetingName).not.toBe('');
      }
      if (meaning.kind === 'refused') expect(meaning.pointer).toMatch(/^\/data\/conversation/);
    }),
    { numRuns: 2_000 },
  );
});
