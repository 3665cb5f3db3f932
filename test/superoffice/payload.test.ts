import { describe, expect, test } from 'vitest';
import type { Payload, UnrenderedPayload } from '../../src/domain/payload.js';
import { MAX_SUMMARY_LENGTH, summarySchema } from '../../src/domain/summary.js';
import {
  buildPayload,
  buildTestPayload,
  MAX_BODY_BYTES,
  payloadBody,
} from '../../src/superoffice/payload.js';
import { toAsciiJson } from '../../src/superoffice/ascii-json.js';
import { sampleSummary } from '../domain/sample-summary.js';

const DELIVERY_ID = '0123456789abcdef0123456789abcdef';

/** The request body for a summary, and what the script reads in it. */
function bodyOf(changes: Record<string, unknown> = {}, timeZone = 'Europe/Stockholm') {
  const { summary, ...rest } = summarySchema.parse(sampleSummary(changes));
  const body = payloadBody(
    buildPayload({ deliveryId: DELIVERY_ID, revision: 1, force: false }, rest, { timeZone }),
    summary,
  );
  return { body, summary, payload: JSON.parse(body) as Payload };
}

/** A summary that fills every field to its limit, with the characters that take most bytes. */
function largest(summary: string) {
  const wide = (length: number) => '\u{1fa91}'.repeat(length / 2);
  const address = `${'a'.repeat(64)}@${'b'.repeat(61)}.${'c'.repeat(61)}.${'d'.repeat(61)}.com`;
  return {
    meetingId: wide(200),
    meetingName: wide(1000),
    summary,
    meetingType: wide(200),
    presenterEmail: address,
    participantEmails: Array<string>(500).fill(address),
    recordingUrl: `https://a.example/${'\u{1fa91}'.repeat(991)}`,
    location: wide(1000),
  };
}

describe('the payload', () => {
  test('has what the script reads of a summary, times in UTC and on the wall clock', () => {
    expect(bodyOf().payload).toEqual({
      schemaVersion: 1,
      kind: 'summary',
      deliveryId: DELIVERY_ID,
      meetingId: 'm-1',
      meetingName: 'Offert till Åkerlunds 🪑',
      summaryText: 'Beslut\n\n- Åsa vill ha en offert.',
      summaryHtml: '<h1>Beslut</h1>\n<ul>\n<li>Åsa vill ha en offert.</li>\n</ul>',
      startsAt: '2026-09-01T07:00:00.000Z',
      endsAt: '2026-09-01T07:45:00.000Z',
      startLocal: '2026-09-01 09:00:00',
      endLocal: '2026-09-01 09:45:00',
      timeZone: 'Europe/Stockholm',
      meetingType: 'external',
      presenterEmail: 'erik.lund@dstny-demo.example',
      participantEmails: ['erik.lund@dstny-demo.example', 'asa.akerlund@akerlunds.example'],
      recordingUrl: 'https://dci.dstny-demo.example/recordings/m-1',
      location: 'Älmhult',
      generatedAt: '2026-09-01T07:50:00.000Z',
      revision: 1,
      force: false,
    } satisfies Payload);
  });

  test('has every field also where the summary has not, in the same order', () => {
    const absent = {
      meetingType: undefined,
      presenterEmail: undefined,
      recordingUrl: undefined,
      location: undefined,
      generatedAt: undefined,
      participantEmails: [],
    };
    const { payload } = bodyOf(absent);
    expect(payload).toMatchObject({
      meetingType: '',
      presenterEmail: '',
      recordingUrl: '',
      location: '',
      generatedAt: '',
      participantEmails: [],
    });
    expect(Object.keys(payload)).toEqual(Object.keys(bodyOf().payload));
  });

  test('has the wall clock of the connection', () => {
    expect(bodyOf({}, 'Asia/Kolkata').payload).toMatchObject({
      startsAt: '2026-09-01T07:00:00.000Z',
      startLocal: '2026-09-01 12:30:00',
      endLocal: '2026-09-01 13:15:00',
      timeZone: 'Asia/Kolkata',
    });
  });

  test('does not carry the id that DCI has for the summary, nor anything unknown', () => {
    expect(bodyOf({ summaryId: 's-1', transcript: 'words' }).body).not.toMatch(/s-1|words|transcript/);
  });

  test('is pure ASCII', () => {
    expect(bodyOf().body).toMatch(/^[ -~]+$/);
  });
});

test('the payload of a test says who sends it and when, and names no meeting and no person', () => {
  const now = new Date('2026-09-01T07:00:00.000Z');
  expect(buildTestPayload(DELIVERY_ID, now, { timeZone: 'Europe/Stockholm' })).toEqual({
    schemaVersion: 1,
    kind: 'test',
    deliveryId: DELIVERY_ID,
    meetingId: '',
    meetingName: 'Test Integration',
    startsAt: '2026-09-01T07:00:00.000Z',
    endsAt: '2026-09-01T07:00:00.000Z',
    startLocal: '2026-09-01 09:00:00',
    endLocal: '2026-09-01 09:00:00',
    timeZone: 'Europe/Stockholm',
    meetingType: '',
    presenterEmail: '',
    participantEmails: [],
    recordingUrl: '',
    location: '',
    generatedAt: '2026-09-01T07:00:00.000Z',
    revision: 0,
    force: false,
  } satisfies UnrenderedPayload);
});

describe('the size of the payload', () => {
  test('may be the largest to the byte; one more, and the HTML goes', () => {
    const { payload } = bodyOf();
    const { summaryText, summaryHtml, ...unrendered } = payload;
    const bodyWith = (padding: number) =>
      payloadBody({ ...unrendered, location: 'x'.repeat(padding) }, sampleSummary().summary ?? '');
    const room = MAX_BODY_BYTES - bodyWith(0).length;
    expect(bodyWith(room)).toHaveLength(MAX_BODY_BYTES);
    expect(JSON.parse(bodyWith(room))).toMatchObject({ summaryText, summaryHtml });
    expect(JSON.parse(bodyWith(room + 1))).toMatchObject({ summaryText, summaryHtml: '' });
  });

  test('may be the largest to the byte without the HTML; one more, and the text goes as it was written', () => {
    const { payload } = bodyOf();
    const { summaryText, summaryHtml: _, ...unrendered } = payload;
    const written = sampleSummary().summary ?? '';
    const bodyWith = (padding: number) =>
      payloadBody({ ...unrendered, location: 'x'.repeat(padding) }, written);
    const withoutHtml = { ...unrendered, location: '', summaryText, summaryHtml: '' };
    const room = MAX_BODY_BYTES - toAsciiJson(withoutHtml).length;
    expect(JSON.parse(bodyWith(room))).toMatchObject({ summaryText });
    expect(JSON.parse(bodyWith(room + 1))).toMatchObject({ summaryText: written });
  });

  test('keeps the HTML of a long summary as long as it fits', () => {
    const { payload, body } = bodyOf({ summary: 'a'.repeat(MAX_SUMMARY_LENGTH) });
    expect(payload.summaryHtml).toContain('aaa');
    expect(body.length).toBeGreaterThan(2 * MAX_SUMMARY_LENGTH);
  });

  test('drops the HTML where both forms would be too large, and keeps the whole text', () => {
    const { payload, summary } = bodyOf({ summary: 'Å'.repeat(MAX_SUMMARY_LENGTH) });
    expect(payload).toMatchObject({ summaryText: summary, summaryHtml: '' });
  });

  test('sends the text as it was written where its plain form would be too large', () => {
    const { payload, summary } = bodyOf({ summary: '---\n'.repeat(MAX_SUMMARY_LENGTH / 4) });
    expect(payload).toMatchObject({ summaryText: summary, summaryHtml: '' });
  });

  test.each([
    ['letters', 'Å'.repeat(MAX_SUMMARY_LENGTH)],
    ['emoji', '\u{1fa91}'.repeat(MAX_SUMMARY_LENGTH / 2)],
    ['control characters', '\u0001'.repeat(MAX_SUMMARY_LENGTH)],
    ['lone surrogates', '\ud800'.repeat(MAX_SUMMARY_LENGTH)],
    ['quotation marks', '"'.repeat(MAX_SUMMARY_LENGTH)],
    ['ampersands', '&'.repeat(MAX_SUMMARY_LENGTH)],
    ['rules', '---\n'.repeat(MAX_SUMMARY_LENGTH / 4)],
    ['a table with one wide cell', `|${'Å'.repeat(2000)}|b|\n|-|-|\n${'|a|b|\n'.repeat(2000)}`],
    ['levels', '>'.repeat(MAX_SUMMARY_LENGTH)],
  ])('is at most 1 MB for the largest summary of %s', (_, summary) => {
    expect(bodyOf(largest(summary)).body.length).toBeLessThanOrEqual(MAX_BODY_BYTES);
  });
});
