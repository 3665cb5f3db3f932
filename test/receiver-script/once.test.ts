import { beforeEach, describe, expect, test } from 'vitest';
import { ScriptKilledError } from '../../sandbox/crmscript/errors.js';
import { createReceiver, type Receiver } from './support/receiver.js';

const asa = 'asa.akerlund@akerlunds.example';

let receiver: Receiver;
beforeEach(() => {
  receiver = createReceiver();
});

describe('the same delivery again', () => {
  test('is a duplicate that changes nothing', () => {
    receiver.receive();
    const before = structuredClone(receiver.tables);
    const { answer } = receiver.receive({
      summaryText: 'Something else',
      generatedAt: '2027-01-01T00:00:00.000Z',
    });
    expect(answer).toMatchObject({ ok: true, result: 'duplicate', recordId: 1001, matchedContacts: 1 });
    expect(receiver.tables).toEqual(before);
  });

  test('is a duplicate also after a newer summary of the meeting', () => {
    receiver.receive();
    receiver.receive({ deliveryId: 'd-2' });
    expect(receiver.receive().answer).toMatchObject({ result: 'duplicate', recordId: 1001 });
    expect(receiver.records()).toMatchObject([{ deliveryId: 'd-2', revisions: 1 }]);
  });

  test('is a duplicate also where a colleague has deleted the appointment: it does not come back', () => {
    receiver.receive();
    receiver.tables.appointment.splice(0);
    expect(receiver.receive().answer).toMatchObject({ result: 'duplicate', recordId: 1001 });
    expect(receiver.tables.appointment).toEqual([]);
  });

  test('is filed once more where it is forced to', () => {
    receiver.receive();
    expect(receiver.receive({ summaryText: 'Once more', force: true }).answer).toMatchObject({
      result: 'updated',
    });
    expect(receiver.records()).toMatchObject([{ revisions: 1 }]);
    receiver.tables.appointment.splice(0);
    expect(receiver.receive({ force: true }).answer).toMatchObject({ result: 'created' });
    expect(receiver.records()).toHaveLength(1);
  });

  test('is tried afresh where nobody was known the first time', () => {
    const participantEmails = ['new@customer.example'];
    expect(receiver.receive({ participantEmails }).answer).not.toHaveProperty('recordId');
    receiver.crm.contacts.push({ contactId: 900, name: 'New', emails: participantEmails });
    expect(receiver.receive({ participantEmails }).answer).toMatchObject({
      result: 'created',
      recordId: 1001,
    });
  });
});

describe('another summary of the same meeting', () => {
  test.each([
    ['newer', '2026-09-01T09:00:00.000Z', 0],
    ['equally old, in a later revision', '2026-09-01T07:50:00.000Z', 2],
    ['undated, in a later revision', '', 2],
    ['undated and not counted', '', 0],
  ])('that is %s takes the place of the first', (_, generatedAt, revision) => {
    receiver.receive();
    const { answer } = receiver.receive({ deliveryId: 'd-2', summaryText: 'Revised', generatedAt, revision });
    expect(answer).toMatchObject({ result: 'updated', recordId: 1001 });
    const [record, ...others] = receiver.records();
    expect(others).toEqual([]);
    expect(record).toMatchObject({ deliveryId: 'd-2', generatedAt, revision, revisions: 1 });
    expect(record?.internalNotes).toContain('Revised');
    expect(record?.internalNotes).not.toContain('offert');
  });

  test.each([
    ['older', '2026-09-01T07:49:00.000Z', 9],
    ['equally old, in an earlier revision', '2026-09-01T07:50:00.000Z', 1],
    ['undated, in an earlier revision', '', 1],
  ])('that is %s is left aside', (_, generatedAt, revision) => {
    receiver.receive({ revision: 2 });
    const { answer } = receiver.receive({ deliveryId: 'd-0', summaryText: 'Old', generatedAt, revision });
    expect(answer).toMatchObject({ result: 'duplicate', recordId: 1001 });
    expect(receiver.records()).toMatchObject([{ revision: 2, revisions: 0 }]);
  });

  test('leaves to colleagues what they changed: title, company, and what they wrote above the summary', () => {
    receiver.receive();
    const [row] = receiver.tables.appointment;
    Object.assign(row ?? {}, {
      title: 'Our title',
      contact_id: 2,
      internal_notes: `Call Åsa.\n\n${String(row?.internal_notes)}`,
    });
    receiver.receive({ deliveryId: 'd-2', summaryText: 'Revised' });
    const [record] = receiver.records();
    expect(record?.title).toBe('Our title');
    expect(record?.internalNotes).toMatch(/^Call Åsa\.\n\n--- Meeting summary ---\nRevised\n/);
  });

  test('whose participants are no longer known updates the appointment all the same', () => {
    receiver.receive();
    expect(receiver.receive({ deliveryId: 'd-2', participantEmails: [] }).answer).toMatchObject({
      result: 'updated',
    });
    expect(receiver.records()).toMatchObject([{ contactId: 104, companyId: 2, revisions: 1 }]);
  });

  test('is filed anew where a colleague has deleted the appointment', () => {
    receiver.receive();
    receiver.tables.appointment.splice(0);
    expect(receiver.receive({ deliveryId: 'd-2' }).answer).toMatchObject({ result: 'created' });
    expect(receiver.records()).toHaveLength(1);
  });
});

describe('a meeting that is in the calendar', () => {
  test.each([
    ['at the same time', '2026-09-01 09:00:00'],
    ['a few minutes earlier', '2026-09-01 08:55:00'],
    ['a few minutes later', '2026-09-01 09:05:00'],
  ])('%s gets the summary, and keeps everything else', (_, do_by) => {
    receiver.addAppointment({ do_by, internal_notes: 'Bring the price list.' });
    expect(receiver.receive().answer).toMatchObject({ result: 'updated', recordId: 500 });
    expect(receiver.records()).toMatchObject([
      {
        recordId: 500,
        title: 'In the calendar',
        location: 'Stora salen',
        startLocal: do_by,
        isCompleted: true,
      },
    ]);
    expect(receiver.records()[0]?.internalNotes).toMatch(
      /^Bring the price list\.\n\n--- Meeting summary ---\nÅsa/,
    );
  });

  test.each<[string, Record<string, string | number>]>([
    ['six minutes earlier', { do_by: '2026-09-01 08:54:00' }],
    ['with somebody else', { person_id: 105 }],
    ['a document', { document_id: 7 }],
    ["a booking in somebody else's diary", { mother_id: 499 }],
    ['a call that is to be made', { task_idx: 1 }],
    ['an appointment of a colleague who was not in the meeting', { associate_id: 3 }],
  ])('%s is another one', (_, fields) => {
    receiver.addAppointment(fields);
    expect(receiver.receive().answer).toMatchObject({ result: 'created', recordId: 1001 });
    expect(receiver.tables.appointment).toHaveLength(2);
  });

  test('at noon is no to-do with the same person, which stands at noon where nobody chose a time', () => {
    const todo = { task_idx: 2, do_by: '2026-09-01 12:00:00', internal_notes: 'Send the price list.' };
    receiver.addAppointment(todo);
    const { answer } = receiver.receive({
      startLocal: '2026-09-01 12:00:00',
      endLocal: '2026-09-01 12:45:00',
    });
    expect(answer).toMatchObject({ result: 'created', recordId: 1001 });
    expect(receiver.tables.appointment[0]).toMatchObject({ ...todo, status: 1, updatedCount: 0 });
  });

  test.each<[string, number, Record<string, unknown>]>([
    ['of a colleague who took part', 3, { participantEmails: [asa, 'amina.yusuf@dstny-demo.example'] }],
    ['of whoever it is, where no colleague is known', 3, { participantEmails: [asa], presenterEmail: '' }],
  ])('gets the summary in the diary %s', (_, associate_id, changes) => {
    receiver.addAppointment({ associate_id });
    expect(receiver.receive(changes).answer).toMatchObject({ result: 'updated', recordId: 500 });
  });

  test('is told from that of another colleague with the same person at the same time', () => {
    receiver.addAppointment({ appointment_id: 499, associate_id: 3 });
    receiver.addAppointment();
    expect(receiver.receive().answer).toMatchObject({ result: 'updated', recordId: 500 });
  });

  test('with a company alone is found by the company', () => {
    receiver.addAppointment({ contact_id: 7, person_id: 0 });
    const { answer } = receiver.receive({ participantEmails: ['info@fjordbank.example'] });
    expect(answer).toMatchObject({ result: 'updated', recordId: 500 });
  });

  test.each([
    ['the presenter', 2, 'erik.lund@dstny-demo.example'],
    ['another colleague', 3, 'erik.lund@dstny-demo.example'],
    ['anybody, where no colleague is known', 3, ''],
  ])(
    "with a company alone is no appointment of %s with one of the company's persons",
    (_, associate_id, presenterEmail) => {
      receiver.addAppointment({ contact_id: 7, person_id: 119, associate_id });
      const { answer } = receiver.receive({
        participantEmails: ['info@fjordbank.example'],
        presenterEmail,
      });
      expect(answer).toMatchObject({ result: 'created', recordId: 1001 });
    },
  );

  test('and holds the summary of another meeting is left alone: two meetings at once, two appointments', () => {
    receiver.addAppointment();
    receiver.receive();
    expect(receiver.receive({ deliveryId: 'd-2', meetingId: 'm-2' }).answer).toMatchObject({
      result: 'created',
    });
    expect(receiver.records().map(({ meetingId }) => meetingId)).toEqual(['m-1', 'm-2']);
  });

  test('and whose notes are full of what colleagues wrote keeps them', () => {
    const internal_notes = 'Ours. '.repeat(332);
    receiver.addAppointment({ internal_notes });
    const { answer, logged } = receiver.receive();
    expect(answer).toMatchObject({ result: 'updated', recordId: 500 });
    expect(receiver.records()[0]?.internalNotes).toBe(internal_notes);
    expect(logged.join()).toContain('full');
  });

  test('and whose notes have little room gets the link at least', () => {
    receiver.addAppointment({ internal_notes: 'Ours. '.repeat(300).trim() });
    receiver.receive({ summaryText: 'A long summary. '.repeat(20) });
    const notes = receiver.records()[0]?.internalNotes ?? '';
    expect(notes).toContain('Recording: https://dci');
    expect(notes.length).toBeLessThanOrEqual(2_000);
  });
});

/** The calls of the CRM that one run makes; each is a place where it may end, or another run come between. */
function callsOf(prepare: (receiver: Receiver) => void = () => undefined): string[] {
  const calls: string[] = [];
  const counted = createReceiver();
  prepare(counted);
  counted.receive({}, (call) => calls.push(call));
  return calls;
}

const situations: [string, (receiver: Receiver) => void][] = [
  ['the first summary of all', () => undefined],
  ['a later one', (one) => void one.receive({ deliveryId: 'd-9', meetingId: 'm-9' })],
  ['one that is in the calendar', (one) => one.addAppointment()],
  ['a revision', (one) => void one.receive({ deliveryId: 'd-9', revision: -1 })],
];

describe.each(situations)('whatever happens in the middle of %s', (_, prepare) => {
  const calls = callsOf(prepare);
  const places = calls.map((call, index) => [index, call] as const);

  test('there are places to try', () => expect(places.length).toBeGreaterThan(10));

  test.each(places)('killed before call %i (%s) and sent again: filed once', (at) => {
    prepare(receiver);
    const earlier = receiver.tables.appointment.length;
    let call = 0;
    const kill = () => {
      if (call++ === at) throw new ScriptKilledError('60 s are over');
    };
    expect(() => receiver.receive({}, kill)).toThrow(ScriptKilledError);
    const { answer } = receiver.receive();
    expect(answer).toMatchObject({
      ok: true,
      result: expect.stringMatching(/created|updated|duplicate/) as string,
    });
    expectFiledOnce(earlier);
  });

  test.each(places)('the same delivery runs in at call %i (%s): filed once', (at) => {
    prepare(receiver);
    const earlier = receiver.tables.appointment.length;
    let call = 0;
    let other: unknown;
    const { answer } = receiver.receive({}, () => {
      if (call++ === at) other = receiver.receive().answer;
    });
    expect(other).toMatchObject({ ok: true });
    expect(answer).toMatchObject({ ok: true });
    expectFiledOnce(earlier);
    expect((other as typeof answer).recordId).toBe(answer.recordId);
  });

  test.each(places)('a newer summary of the meeting runs in at call %i (%s): one appointment', (at) => {
    prepare(receiver);
    const earlier = receiver.tables.appointment.length;
    let call = 0;
    receiver.receive({}, () => {
      if (call++ === at) receiver.receive({ deliveryId: 'd-2', revision: 2, summaryText: 'Newer' });
    });
    expectFiledOnce(earlier);
  });

  function expectFiledOnce(earlier: number): void {
    const ofMeeting = receiver.records().filter(({ meetingId }) => meetingId === 'm-1');
    expect(ofMeeting).toHaveLength(1);
    const isNew = ofMeeting[0]?.recordId === 1001 + earlier || earlier === 0;
    expect(receiver.tables.appointment.length).toBe(isNew ? earlier + 1 : earlier);
    expect(ofMeeting[0]?.internalNotes).toContain('--- Meeting summary ---');
  }
});
