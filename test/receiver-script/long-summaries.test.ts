import { beforeEach, describe, expect, test } from 'vitest';
import { countDuplicates } from '../../sandbox/records.js';
import { createReceiver, type Receiver } from './support/receiver.js';
import { END, expectWhole, longText, partsOf } from './support/summary-text.js';

const RECORDING = 'Recording: https://dci.dstny-demo.example/recordings/m-1';
const hint = (part: number) => `\n\nContinued in part ${part}, an appointment at the same time.`;
/** So many characters of a summary that goes on has the first appointment room for. */
const FIRST_PART = 2_000 - `--- Meeting summary ---\n${hint(2)}\n\n${RECORDING}${END}`.length;
/** And of one that does not. */
const ONLY_PART = 2_000 - `--- Meeting summary ---\n\n\n${RECORDING}${END}`.length;

let receiver: Receiver;
beforeEach(() => {
  receiver = createReceiver();
});

const file = (summaryText: string, changes: Record<string, unknown> = {}) => {
  const { answer } = receiver.receive({ summaryText, ...changes });
  return { answer, record: receiver.records()[0] };
};

describe('a summary that is longer than the notes of an appointment', () => {
  test('goes on in appointments at the same time, with the same owner, person and company', () => {
    const text = longText(4_000);
    const { answer, record } = file(text);
    expect(answer).toMatchObject({ result: 'created', recordId: 1001 });
    expectWhole(record, text);
    const alike = {
      startLocal: '2026-09-01 09:00:00',
      endLocal: '2026-09-01 09:45:00',
      ownerId: 2,
      contactId: 104,
      companyId: 2,
      isCompleted: true,
    };
    expect(record).toMatchObject({ ...alike, title: 'Offert till Åkerlunds 🪑' });
    expect(record?.continuations).toMatchObject([
      { ...alike, recordId: 1002, title: 'Offert till Åkerlunds 🪑 (part 2)' },
      { ...alike, recordId: 1003, title: 'Offert till Åkerlunds 🪑 (part 3)' },
    ]);
    expect(receiver.records()).toHaveLength(1);
    expect(countDuplicates(receiver.records())).toBe(0);
  });

  test('tells where it goes on and where it came from, and has the link in its first and its last part', () => {
    const { record } = file(longText(4_000), {
      participantEmails: ['asa.akerlund@akerlunds.example', 'bjorn.wikstrom@akerlunds.example'],
    });
    const [second, third] = record?.continuations ?? [];
    const also = 'Also: Björn Wikström (Åkerlunds Möbler AB)';
    expect(record?.internalNotes).toMatch(/^--- Meeting summary ---\nord-1 /);
    expect(record?.internalNotes.endsWith(`${hint(2)}\n\n${RECORDING}\n\n${also}${END}`)).toBe(true);
    expect(second?.internalNotes).toMatch(
      /^--- Meeting summary ---\nPart 2, continued from appointment 1001\.\n\nord/,
    );
    expect(second?.internalNotes.endsWith(`${hint(3)}${END}`)).toBe(true);
    expect(third?.internalNotes).toMatch(
      /^--- Meeting summary ---\nPart 3, continued from appointment 1001\.\n\nord/,
    );
    expect(third?.internalNotes.endsWith(`\n\n${RECORDING}${END}`)).toBe(true);
    expect(third?.internalNotes).not.toContain('Continued');
  });

  test.each<[string, string, number]>([
    ['one that just fits', 'x'.repeat(ONLY_PART), 1],
    ['one character more', 'x'.repeat(ONLY_PART + 1), 2],
    ['words and line ends', longText(9_500), 6],
    ['line ends as of Windows', longText(4_000).replaceAll('\n', '\r\n'), 3],
    ['no blank at all', 'x'.repeat(5_000), 3],
    ['one very long word after a few short ones', `Se hit: ${'x'.repeat(2_500)} och dit.`, 2],
    ['a blank exactly at the limit', `${'x'.repeat(FIRST_PART)} y${'z'.repeat(200)}`, 2],
    ['a line end exactly at the limit', `${'x'.repeat(FIRST_PART)}\ny${'z'.repeat(200)}`, 2],
    ['a word that ends one beyond the limit', `a ${'x'.repeat(FIRST_PART - 1)} ${'z'.repeat(200)}`, 2],
    ['letters and emoji beyond ASCII', longText(4_000, 'möte🪑'), 3],
    ['no blank, in Japanese', '会議の要約'.repeat(500), 2],
    ['paragraphs and lists', `${'## Rubrik\n\n- punkt ett\n  - underpunkt\n\n'.repeat(80)}Slut`, 2],
    ['blanks at both ends', `  ${longText(2_500)}  \n`, 2],
    ['many line ends', `a${'\n'.repeat(2_100)}b`, 2],
  ])('is whole: %s', (_, text, parts) => {
    const { record } = file(text);
    expectWhole(record, text.trimEnd());
    expect(partsOf(record)).toHaveLength(parts);
    const notes = [record, ...(record?.continuations ?? [])].map((one) => one?.internalNotes ?? '');
    for (const one of notes) expect(one.length).toBeLessThanOrEqual(2_000);
    expect(notes.at(-1)).toMatch(new RegExp(`\n\n${RECORDING}${END}$`));
  });

  test.each(['', ' ', '\n'])(
    'fills the first appointment to the last character where %j follows',
    (between) => {
      const { record } = file(`${'x'.repeat(FIRST_PART)}${between}${'y'.repeat(200)}`);
      expect(record?.internalNotes).toHaveLength(2_000);
      expect(partsOf(record)).toEqual(['x'.repeat(FIRST_PART), 'y'.repeat(200)]);
    },
  );

  test('is cut between two words or at the end of a line, and never within an emoji that stands by itself', () => {
    const { record } = file('Möte 🪑 '.repeat(1_000));
    for (const part of partsOf(record)) expect(part).toMatch(/^(Möte|🪑) .*(Möte|🪑)$/u);
    for (const part of partsOf(file(longText(4_000), { deliveryId: 'd-2' }).record).slice(0, -1)) {
      expect(part).toMatch(/\.$/);
    }
  });

  test('ends in its sixth part, at a word and with the link, where it is longer still', () => {
    const { record } = file(longText(100_000));
    expect(record?.continuations.map(({ part }) => part)).toEqual([2, 3, 4, 5, 6]);
    expect(record?.continuations.at(-1)?.internalNotes).toMatch(
      /ord-\d+\.? \.\.\.\n\nRecording: \S+\n--- End of meeting summary ---$/,
    );
  });

  test('goes on from an appointment that was in the calendar, at the time of that', () => {
    receiver.addAppointment({
      do_by: '2026-09-01 08:57:00',
      endDate: '2026-09-01 10:30:00',
      associate_id: 3,
      internal_notes: 'Bring the price list.',
    });
    const text = longText(3_000);
    const { answer, record } = file(text, { presenterEmail: 'amina.yusuf@dstny-demo.example' });
    expect(answer).toMatchObject({ result: 'updated', recordId: 500 });
    expectWhole(record, text);
    expect(record?.internalNotes).toMatch(/^Bring the price list\.\n\n--- Meeting summary ---\nord-1 /);
    expect(record?.continuations).toMatchObject([
      {
        title: 'In the calendar (part 2)',
        startLocal: '2026-09-01 08:57:00',
        endLocal: '2026-09-01 10:30:00',
        ownerId: 3,
      },
    ]);
  });

  test('is whole also where the notes of the appointment are full of what colleagues wrote', () => {
    const internal_notes = 'Ours. '.repeat(332);
    receiver.addAppointment({ internal_notes });
    const { record } = file('Åsa vill ha en offert.');
    expect(record?.internalNotes).toBe(internal_notes);
    expect(record?.continuations.map(({ internalNotes }) => internalNotes)).toEqual([
      `--- Meeting summary ---\nPart 2, continued from appointment 500.\n\nÅsa vill ha en offert.\n\n${RECORDING}${END}`,
    ]);
  });

  describe('beside notes of colleagues that leave little room, with a link that does not fit in', () => {
    const theirs = 'Ours. '.repeat(267).slice(0, 1_600);
    const recordingUrl = `https://dci.example/${'r'.repeat(380)}`;
    beforeEach(() => receiver.addAppointment({ internal_notes: theirs }));

    test('says where it goes on, and has the link whole in its last part', () => {
      const { record } = file('Åsa vill ha en offert.', { recordingUrl });
      expect(record?.internalNotes).toBe(`${theirs}\n\n--- Meeting summary ---${hint(2)}${END}`);
      expect(record?.continuations.map(({ internalNotes }) => internalNotes)).toEqual([
        `--- Meeting summary ---\nPart 2, continued from appointment 500.\n\nÅsa vill ha en offert.` +
          `\n\nRecording: ${recordingUrl}${END}`,
      ]);
    });

    test('is there without the link where it may not go on', () => {
      receiver.constants = { ...receiver.constants, maxParts: 1 };
      const { record } = file(longText(1_000), { recordingUrl });
      expect(record?.internalNotes).toMatch(/--- Meeting summary ---\nord-1 [^]+ \.\.\.\n--- End [^]+ ---$/);
      expect(record?.internalNotes).not.toContain('Recording');
      expect(record?.internalNotes.length).toBeLessThanOrEqual(2_000);
    });
  });

  test.each([
    ['has room for no more than where it goes on', 60, `\n\n--- Meeting summary ---${hint(2)}${END}`],
    ['has no room for that either', 59, ''],
  ])('is whole where the first appointment %s', (_, room, ours) => {
    const theirs = 'x'.repeat(2_000 - `\n\n--- Meeting summary ---\n${END}`.length - room);
    receiver.addAppointment({ internal_notes: theirs });
    const { record } = file(longText(1_000));
    expect(record?.internalNotes).toBe(`${theirs}${ours}`);
    expect(partsOf(record).at(-1)).toBe(longText(1_000));
  });

  test('is with the company alone where the person has changed to another one meanwhile', () => {
    file('Short');
    const asa = receiver.crm.contacts.find(({ contactId }) => contactId === 104);
    Object.assign(asa ?? {}, { companyId: 3 });
    const { answer, record } = file(longText(3_000), { deliveryId: 'd-2' });
    expect(answer).toMatchObject({ result: 'updated' });
    expect(record?.continuations).toMatchObject([{ companyId: 2, contactId: 0 }]);
  });

  test.each<[string, () => void]>([
    ['as it is', () => undefined],
    [
      'where a colleague has rewritten its notes',
      () => receiver.tables.appointment.forEach((row) => Object.assign(row, { internal_notes: 'Ours' })),
    ],
    [
      'where the run that made it was killed before it had its key',
      () =>
        receiver.tables.foreignkey.splice(
          0,
          Infinity,
          ...receiver.tables.foreignkey.filter(({ subkey }) => !String(subkey).startsWith('part ')),
        ),
    ],
  ])('is not taken for the calendar entry of another meeting at the same time: %s', (_, change) => {
    file(longText(4_000));
    change();
    expect(receiver.receive({ deliveryId: 'd-2', meetingId: 'm-2' }).answer).toMatchObject({
      result: 'created',
      recordId: 1004,
    });
    expect(receiver.tables.appointment).toHaveLength(4);
  });

  test('is cut where an administrator allows one part', () => {
    receiver.constants = { ...receiver.constants, maxParts: 1 };
    const { record } = file(longText(4_000));
    expect(record?.continuations).toEqual([]);
    expect(record?.internalNotes).toMatch(/ \.\.\.\n\nRecording: \S+\n--- End of meeting summary ---$/);
    expect(receiver.tables.appointment).toHaveLength(1);
  });
});

describe('a revision', () => {
  test.each([
    ['of as many parts', 4_000, 3],
    ['of fewer parts', 2_500, 2],
    ['that fits into one', 300, 1],
    ['of more parts', 6_500, 4],
  ])('%s takes the place of all that was there', (_, length, parts) => {
    file(longText(4_000));
    const text = longText(length, 'ny');
    const { answer, record } = file(text, { deliveryId: 'd-2' });
    expect(answer).toMatchObject({ result: 'updated', recordId: 1001 });
    expectWhole(record, text);
    expect(partsOf(record)).toHaveLength(parts);
    expect(receiver.tables.appointment).toHaveLength(parts);
  });

  test('that is older changes nothing', () => {
    file(longText(4_000), { revision: 2 });
    const before = structuredClone(receiver.tables.appointment);
    expect(file(longText(6_000, 'old'), { deliveryId: 'd-0', revision: 1 }).answer).toMatchObject({
      result: 'duplicate',
      recordId: 1001,
    });
    expect(receiver.tables.appointment).toEqual(before);
  });

  test('leaves in a continuation what colleagues changed and wrote, and takes back none that holds a word of theirs', () => {
    file(longText(4_000));
    const [, second, third] = receiver.tables.appointment;
    for (const row of [second, third]) {
      Object.assign(row ?? {}, {
        title: 'Ours',
        internal_notes: `Call Åsa.\n\n${String(row?.internal_notes)}`,
      });
    }
    const text = longText(3_000, 'ny');
    const { record } = file(text, { deliveryId: 'd-2' });
    expectWhole(record, text);
    expect(record?.continuations).toMatchObject([{ recordId: 1002, title: 'Ours' }]);
    expect(record?.continuations[0]?.internalNotes).toMatch(/^Call Åsa\.\n\n--- Meeting summary ---\nPart 2/);
    expect(third).toMatchObject({ appointment_id: 1003, internal_notes: 'Call Åsa.' });
  });

  test('leaves in the first part what colleagues wrote above and below the summary', () => {
    file(longText(4_000));
    const [first] = receiver.tables.appointment;
    Object.assign(first ?? {}, {
      internal_notes: `Call Åsa.\n\n${String(first?.internal_notes)}\r\n\r\nShe wants blue.\n  And red. `,
    });
    for (const [deliveryId, length] of [
      ['d-2', 6_500],
      ['d-3', 300],
    ] as const) {
      const text = longText(length, deliveryId);
      const { record } = file(text, { deliveryId });
      expectWhole(record, text);
      expect(record?.internalNotes).toMatch(/^Call Åsa\.\n\n--- Meeting summary ---\nd-/);
      expect(record?.internalNotes.endsWith(`${END}\n\nShe wants blue.\n  And red.`)).toBe(true);
      expect(record?.internalNotes.length).toBeLessThanOrEqual(2_000);
    }
  });

  test('takes back no continuation below whose text a colleague has written', () => {
    file(longText(4_000));
    const [, second, third] = receiver.tables.appointment;
    for (const row of [second, third]) {
      Object.assign(row ?? {}, { internal_notes: `${String(row?.internal_notes)}\n\nShe wants blue.` });
    }
    const text = longText(3_000, 'ny');
    const { record } = file(text, { deliveryId: 'd-2' });
    expectWhole(record, text);
    expect(record?.continuations).toMatchObject([{ recordId: 1002 }]);
    expect(record?.continuations[0]?.internalNotes.endsWith(`${RECORDING}${END}\n\nShe wants blue.`)).toBe(
      true,
    );
    expect(third).toMatchObject({ appointment_id: 1003, internal_notes: 'She wants blue.' });
    expect(receiver.tables.appointment).toHaveLength(3);
  });

  test('joins what colleagues wrote above and below a part that is not needed any more', () => {
    file(longText(2_500));
    const [, second] = receiver.tables.appointment;
    Object.assign(second ?? {}, {
      internal_notes: `Call Åsa.\n\n${String(second?.internal_notes)}\nShe wants blue.`,
    });
    expectWhole(file('Short', { deliveryId: 'd-2' }).record, 'Short');
    expect(second).toMatchObject({ internal_notes: 'Call Åsa.\n\nShe wants blue.' });
  });

  test('takes an earlier summary out of notes that colleagues have filled since', () => {
    file('Short');
    const [first] = receiver.tables.appointment;
    const theirs = 'Ours. '.repeat(332).trim();
    Object.assign(first ?? {}, { internal_notes: `${String(first?.internal_notes)}\n\n${theirs}` });
    const { record } = file('Revised', { deliveryId: 'd-2' });
    expect(record?.internalNotes).toBe(theirs);
    expect(partsOf(record)).toEqual([theirs, 'Revised']);
  });

  test('files anew the part that a colleague has deleted', () => {
    file(longText(4_000));
    receiver.tables.appointment.splice(1, 1);
    const text = longText(4_000, 'ny');
    expectWhole(file(text, { deliveryId: 'd-2' }).record, text);
    expect(receiver.tables.appointment).toHaveLength(3);
  });

  test('uses the continuations that are left of an appointment that a colleague has deleted', () => {
    file(longText(4_000));
    receiver.tables.appointment.splice(0, 1);
    const text = longText(4_000, 'ny');
    const { answer, record } = file(text, { deliveryId: 'd-2' });
    expect(answer).toMatchObject({ result: 'created', recordId: 1004 });
    expectWhole(record, text);
    expect(receiver.tables.appointment).toHaveLength(3);
  });

  test('brings the whole text to an appointment that an older script has cut', () => {
    receiver.constants = { ...receiver.constants, maxParts: 1 };
    const text = longText(4_000);
    file(text);
    receiver.constants = createReceiver().constants;
    expectWhole(file(text, { deliveryId: 'd-2' }).record, text);
  });
});

describe('a revision of a summary that an older script has filed, without a line at the end of its parts', () => {
  /** What colleagues have written below a part since is added to it. */
  const fileWithOlderScript = (length: number, changes: Record<string, unknown> = {}) => {
    file(longText(length), changes);
    for (const row of receiver.tables.appointment) {
      Object.assign(row, { internal_notes: String(row.internal_notes).replace(END, '') });
    }
    return receiver.tables.appointment;
  };
  const addBelow = (row: Record<string, unknown> | undefined) =>
    Object.assign(row ?? {}, { internal_notes: `${String(row?.internal_notes)}\n\nShe wants blue.` });

  test.each([
    ['as many parts', 4_000, 3],
    ['fewer parts', 2_500, 2],
    ['one part', 300, 1],
    ['more parts', 6_500, 4],
  ])('takes the place of all that was there: %s', (_, length, parts) => {
    fileWithOlderScript(4_000);
    const text = longText(length, 'ny');
    const { answer, record } = file(text, { deliveryId: 'd-2' });
    expect(answer).toMatchObject({ result: 'updated', recordId: 1001 });
    expectWhole(record, text);
    expect(receiver.tables.appointment).toHaveLength(parts);
    for (const { internal_notes } of receiver.tables.appointment) expect(internal_notes).toContain(END);
  });

  test('leaves what colleagues wrote above it', () => {
    const [first] = fileWithOlderScript(4_000);
    Object.assign(first ?? {}, { internal_notes: `Call Åsa.\n\n${String(first?.internal_notes)}` });
    const { record } = file('Short', { deliveryId: 'd-2' });
    expect(record?.internalNotes).toBe(`Call Åsa.\n\n--- Meeting summary ---\nShort\n\n${RECORDING}${END}`);
  });

  test('keeps the continuations below whose end a colleague has written', () => {
    const [, second, third] = fileWithOlderScript(4_000);
    addBelow(second);
    addBelow(third);
    expectWhole(file('Short', { deliveryId: 'd-2' }).record, 'Short');
    expect([second, third]).toMatchObject([
      { appointment_id: 1002, internal_notes: 'She wants blue.' },
      { appointment_id: 1003, internal_notes: 'She wants blue.' },
    ]);
    expect(receiver.tables.appointment).toHaveLength(3);
  });

  test.each([
    ['there was no link', '', ''],
    ['the link has changed', 'https://dci.example/old', 'https://dci.example/new'],
  ])('keeps a last part of which nothing tells whose it is: %s', (_, recordingUrl, newUrl) => {
    const [, second] = fileWithOlderScript(2_500, { recordingUrl });
    addBelow(second);
    const [, text] = String(second?.internal_notes).split('continued from appointment 1001.\n\n');
    expectWhole(file('Short', { deliveryId: 'd-2', recordingUrl: newUrl }).record, 'Short');
    expect(second).toMatchObject({ internal_notes: text });
    expect(receiver.tables.appointment).toHaveLength(2);
  });

  test('keeps a part of which a colleague has left nothing but the heading', () => {
    const [, second] = fileWithOlderScript(2_500);
    Object.assign(second ?? {}, { internal_notes: '--- Meeting summary ---\nShe wants blue.' });
    file('Short', { deliveryId: 'd-2' });
    expect(second).toMatchObject({ internal_notes: 'She wants blue.' });
  });
});

describe('the count of duplicates', () => {
  test('tells of a part that is there twice, with its key or, after a kill, without', () => {
    file(longText(4_000));
    const [, second] = receiver.tables.appointment;
    receiver.tables.appointment.push({ ...second, appointment_id: 2001 });
    expect(countDuplicates(receiver.records())).toBe(1);
    const key = receiver.tables.foreignkey.find(({ subkey }) => subkey === 'part 2');
    receiver.tables.foreignkey.push({ ...key, record_id: 2001 });
    expect(countDuplicates(receiver.records())).toBe(1);
  });

  test('tells of a second appointment of a meeting', () => {
    file('Short');
    const [first] = receiver.tables.appointment;
    receiver.tables.appointment.push({ ...first, appointment_id: 2001 });
    const key = receiver.tables.foreignkey.find(({ subkey }) => subkey === 'meeting');
    receiver.tables.foreignkey.push({ ...key, record_id: 2001 });
    expect(countDuplicates(receiver.records())).toBe(1);
  });
});
