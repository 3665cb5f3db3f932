import { describe, expect, test } from 'vitest';
import { hasText, MAX_SUMMARY_LENGTH, summarySchema } from '../../src/domain/summary.js';
import { sampleSummary } from './sample-summary.js';

/** Stands in every wrong value, so that an error that quotes one can be told. */
const SECRET = 'zq7confidential';

describe('summarySchema', () => {
  test('takes a complete summary as it is', () => {
    const summary = sampleSummary();
    expect(summarySchema.parse(summary)).toEqual(summary);
  });

  test('takes a summary without its optional fields', () => {
    const { meetingId, meetingName, summary, startsAt, endsAt, participantEmails } = sampleSummary();
    const required = { meetingId, meetingName, summary, startsAt, endsAt, participantEmails };
    expect(summarySchema.parse(required)).toEqual(required);
  });

  test.each([['absent', undefined], ['null', null], ['empty', ''] as const])(
    'takes a summary whose text is %s as one without text',
    (_, summary) => {
      expect(summarySchema.parse(sampleSummary({ summary })).summary).toBe('');
    },
  );

  test.each<[string, unknown]>([
    ['meetingId', undefined],
    ['meetingId', '   '],
    ['meetingId', SECRET.repeat(20)],
    ['meetingName', undefined],
    ['meetingName', ''],
    ['meetingName', SECRET.repeat(100)],
    ['summary', 7],
    ['summary', SECRET.repeat(10_000)],
    ['summaryId', ''],
    ['summaryId', SECRET.repeat(20)],
    ['startsAt', undefined],
    ['startsAt', SECRET],
    ['startsAt', '2026-09-01T10:00:00'],
    ['startsAt', '2026-09-01'],
    ['startsAt', '2026-02-30T10:00:00Z'],
    ['startsAt', '2026-09-01T25:00:00Z'],
    ['endsAt', SECRET],
    ['endsAt', 1_788_249_600],
    ['meetingType', SECRET.repeat(20)],
    ['presenterEmail', SECRET],
    ['presenterEmail', `${SECRET}@`],
    ['presenterEmail', `${SECRET} a@a.example`],
    ['presenterEmail', `a@a.example ${SECRET}`],
    ['presenterEmail', `a@${SECRET}@a.example`],
    ['presenterEmail', `a@${`${SECRET}.`.repeat(20)}example`],
    ['participantEmails', SECRET],
    ['participantEmails', Array<string>(501).fill(`${SECRET}@a.example`)],
    ['recordingUrl', SECRET],
    ['recordingUrl', `javascript:alert("${SECRET}")`],
    ['recordingUrl', `ftp://a.example/${SECRET}`],
    ['recordingUrl', `xhttps://a.example/${SECRET}`],
    ['recordingUrl', `https-x://a.example/${SECRET}`],
    ['recordingUrl', `https://a.example/${SECRET.repeat(200)}`],
    ['location', SECRET.repeat(100)],
    ['generatedAt', SECRET],
    ['generatedAt', ''],
  ])('refuses a wrong %s (%#), and does not quote it', (field, value) => {
    const { error } = summarySchema.safeParse(sampleSummary({ [field]: value }));
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
    expect(JSON.stringify(error?.issues)).not.toContain(SECRET);
  });

  test.each([
    ['startsAt', 'Give a time as ISO 8601 with an offset, such as 2026-09-01T10:00:00+02:00.'],
    ['presenterEmail', 'Give a complete e-mail address.'],
    ['recordingUrl', 'Give a complete http(s) link.'],
  ])('says what to give as %s instead', (field, message) => {
    const { error } = summarySchema.safeParse(sampleSummary({ [field]: SECRET }));
    expect(error?.issues).toMatchObject([{ path: [field], message }]);
  });

  test.each(['meetingId', 'meetingName', 'summaryId', 'meetingType', 'presenterEmail', 'location'])(
    'leaves out the blanks around %s',
    (field) => {
      const summary = summarySchema.parse(sampleSummary({ [field]: ' \ta@a.example\n' }));
      expect(summary).toHaveProperty(field, 'a@a.example');
    },
  );

  test('says which participant has a wrong address', () => {
    const summary = sampleSummary({ participantEmails: ['anna@a.example', SECRET] });
    const { error } = summarySchema.safeParse(summary);
    expect(error?.issues).toMatchObject([
      { path: ['participantEmails', 1], message: 'Give a complete e-mail address.' },
    ]);
    expect(JSON.stringify(error?.issues)).not.toContain(SECRET);
  });

  test('refuses a meeting that ends before it starts, whatever the offsets look like', () => {
    const summary = sampleSummary({
      startsAt: '2026-09-01T10:00:00+02:00',
      endsAt: '2026-09-01T10:30:00+03:00',
    });
    expect(summarySchema.safeParse(summary).error?.issues).toMatchObject([
      { path: ['endsAt'], message: 'The meeting ends before it starts.' },
    ]);
  });

  test('takes a meeting that ends at its start', () => {
    const startsAt = '2026-09-01T10:00:00+02:00';
    expect(summarySchema.safeParse(sampleSummary({ startsAt, endsAt: startsAt })).success).toBe(true);
  });

  test.each([
    ['meetingId', 'x'.repeat(200)],
    ['summary', 'x'.repeat(MAX_SUMMARY_LENGTH)],
    ['participantEmails', []],
    ['participantEmails', Array<string>(500).fill('a@a.example')],
    ['startsAt', '2026-09-01T06:00:00.1234567Z'],
    ['recordingUrl', 'http://a.example/1'],
  ])('takes %s at its limit (%#)', (field, value) => {
    expect(summarySchema.safeParse(sampleSummary({ [field]: value })).error).toBeUndefined();
  });
});

describe('hasText', () => {
  test.each([
    ['', false],
    [' \n\t', false],
    ['a', true],
  ])('%o: %s', (summary, expected) => expect(hasText({ summary })).toBe(expected));
});
