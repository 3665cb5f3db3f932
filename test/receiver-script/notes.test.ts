import { describe, expect, test } from 'vitest';
import { createReceiver } from './support/receiver.js';
import { END } from './support/summary-text.js';

const HEADING = '--- Meeting summary ---';
const RECORDING = 'Recording: https://dci.dstny-demo.example/recordings/m-1';

/** The notes of one appointment: longer summaries are cut. How they go on: long-summaries.test.ts. */
function notesOf(changes: Record<string, unknown>): string {
  const receiver = createReceiver();
  receiver.constants = { ...receiver.constants, maxParts: 1 };
  receiver.receive(changes);
  return receiver.records()[0]?.internalNotes ?? '';
}

describe('the internal notes', () => {
  test('hold the summary and the link to the recording', () => {
    expect(notesOf({})).toBe(`${HEADING}\nÅsa vill ha en offert.\n\n${RECORDING}${END}`);
  });

  test('hold the summary alone where there is no recording', () => {
    expect(notesOf({ recordingUrl: '' })).toBe(`${HEADING}\nÅsa vill ha en offert.${END}`);
  });

  test.each([1_800, 1_888, 1_950, 2_000, 10_000, 100_000])(
    'of a summary of %i characters fit, end at a word and keep the link',
    (length) => {
      const summaryText = 'Möte 🪑 '.repeat(length / 8);
      const notes = notesOf({ summaryText });
      expect(notes.length).toBeLessThanOrEqual(2_000);
      expect(notes.endsWith(`\n\n${RECORDING}${END}`)).toBe(true);
      const summary = notes.slice(HEADING.length + 1, notes.indexOf('\n\nRecording'));
      if (summary !== summaryText.trim()) {
        expect(summary).toMatch(/(Möte|🪑) \.\.\.$/u);
        expect(notes.length).toBeGreaterThan(1_900);
      }
    },
  );

  test('of a summary without any blank are cut where they are full', () => {
    const notes = notesOf({ summaryText: 'x'.repeat(5_000) });
    expect(notes.length).toBeGreaterThan(1_995);
    expect(notes.length).toBeLessThanOrEqual(2_000);
    expect(notes).toContain('xxx ...\n\nRecording:');
  });

  test('name no more of many participants than there is room for', () => {
    const receiver = createReceiver();
    receiver.receive({ participantEmails: receiver.crm.contacts.flatMap(({ emails }) => emails) });
    const notes = receiver.records()[0]?.internalNotes ?? '';
    expect(notes).toMatch(new RegExp(`Also: .{200,300} \\.\\.\\.${END}$`));
    expect(notes).toContain(RECORDING);
  });

  test('hold the line that ends them once, whatever the summary says', () => {
    const mark = END.trim();
    const inTwo = `${mark.slice(0, 9)}${mark}${mark.slice(9)}`;
    expect(notesOf({ summaryText: `One ${mark} two ${inTwo} three`, recordingUrl: '' })).toBe(
      `${HEADING}\nOne  two  three${END}`,
    );
  });

  test('leave a link of more than 1,000 characters out rather than the summary', () => {
    const notes = notesOf({ recordingUrl: `https://dci.example/${'x'.repeat(1_900)}` });
    expect(notes).toBe(`${HEADING}\nÅsa vill ha en offert.${END}`);
  });
});

test.each([
  ['title', 'meetingName', 'Å'.repeat(150), 'Å'.repeat(150)],
  ['title', 'meetingName', 'Offert 🪑 '.repeat(100), expect.stringMatching(/^(Offert 🪑 ){18,20}.*\.\.\.$/u)],
  ['location', 'location', '', ''],
  ['location', 'location', 'Rum 7, '.repeat(100), expect.stringMatching(/^.{200,250}$/)],
])('the %s is clipped to what SuperOffice takes', (field, given, text, filed: unknown) => {
  const receiver = createReceiver();
  expect(receiver.receive({ [given]: text }).answer).toMatchObject({ result: 'created' });
  expect(receiver.records()[0]).toHaveProperty(field, filed);
});

test('the times are those of the base time zone', () => {
  const receiver = createReceiver();
  receiver.receive();
  expect(receiver.tables.appointment).toMatchObject([
    {
      do_by: '2026-09-01 09:00:00',
      endDate: '2026-09-01 09:45:00',
      activeDate: '2026-09-01 09:00:00',
      status: 3,
    },
  ]);
});
