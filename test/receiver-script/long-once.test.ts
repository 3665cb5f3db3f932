import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { ScriptKilledError } from '../../sandbox/crmscript/errors.js';
import { countDuplicates } from '../../sandbox/records.js';
import { createReceiver, type Receiver } from './support/receiver.js';
import { expectWhole, longText } from './support/summary-text.js';

/** Of three parts. */
const TEXT = longText(4_000);
/** Of two and of five. */
const newerTexts = { shorter: longText(2_500, 'ny'), longer: longText(8_000, 'ny') };

let receiver: Receiver;
beforeEach(() => {
  receiver = createReceiver();
});

const earlier = (one: Receiver, length: number) =>
  void one.receive({ deliveryId: 'd-9', revision: -1, summaryText: longText(length, 'old') });

const situations: [string, (receiver: Receiver) => void][] = [
  ['the first summary', () => undefined],
  ['one that is in the calendar', (one) => one.addAppointment()],
  ['a revision of a short one', (one) => earlier(one, 100)],
  ['a revision of a longer one', (one) => earlier(one, 8_000)],
  [
    'a revision of one that a colleague has deleted in part',
    (one) => {
      earlier(one, 8_000);
      one.tables.appointment.splice(0, 2);
    },
  ],
];

const file = (one: Receiver, beforeCrmCall?: (call: string) => void) =>
  one.receive({ summaryText: TEXT }, beforeCrmCall);

/** The calls of the CRM that one run makes; each is a place where it may end, or another run come between. */
function callsOf(prepare: (receiver: Receiver) => void): string[] {
  const calls: string[] = [];
  const counted = createReceiver();
  prepare(counted);
  file(counted, (call) => calls.push(call));
  return calls;
}

/** Runs the script and ends it before a call. */
function kill(at: number, changes: Record<string, unknown>): void {
  let call = 0;
  try {
    receiver.receive(changes, () => {
      if (call++ === at) throw new ScriptKilledError('60 s are over');
    });
  } catch (error) {
    if (!(error instanceof ScriptKilledError)) throw error;
  }
}

/** One set of appointments, and none beside it. */
function expectOneSet(text: string): void {
  const records = receiver.records();
  expect(records).toHaveLength(1);
  expect(countDuplicates(records)).toBe(0);
  expectWhole(records[0], text);
  expect(receiver.tables.appointment).toHaveLength(1 + (records[0]?.continuations.length ?? 0));
}

describe.each(situations)('whatever happens in the middle of a long summary: %s', (_, prepare) => {
  const calls = callsOf(prepare);
  const places = calls.map((call, index) => [index, call] as const);
  beforeEach(() => prepare(receiver));

  test('there are places to try', () => {
    expect(places.length).toBeGreaterThan(40);
    expect(calls.filter((call) => call === 'save appointment').length).toBeGreaterThanOrEqual(3);
  });

  test.each(places)('killed before call %i (%s) and sent again: filed once, and whole', (at) => {
    kill(at, { summaryText: TEXT });
    const { answer } = file(receiver);
    expect(answer).toMatchObject({ ok: true, recordId: receiver.records()[0]?.recordId });
    expectOneSet(TEXT);
  });

  test.each(places)('killed before call %i (%s), and a shorter revision comes next: filed once', (at) => {
    kill(at, { summaryText: TEXT });
    receiver.receive({ deliveryId: 'd-2', revision: 2, summaryText: newerTexts.shorter });
    expectOneSet(newerTexts.shorter);
  });

  test.each(places)('the same delivery runs in at call %i (%s): filed once, and whole', (at) => {
    let call = 0;
    let other: unknown;
    const { answer, status } = file(receiver, () => {
      if (call++ === at) other = file(receiver).answer;
    });
    expect(other).toMatchObject({ ok: true, recordId: receiver.records()[0]?.recordId });
    // What the other run took back meanwhile can't be taken back once more: SuperOffice refuses, and the service tries again.
    expect(answer.ok === true || status === 500).toBe(true);
    expect(file(receiver).answer).toMatchObject({ ok: true, recordId: receiver.records()[0]?.recordId });
    expectOneSet(TEXT);
  });

  test.each(places)('a newer summary runs in at call %i (%s): its text, and once', (at, name) => {
    for (const text of Object.values(newerTexts)) {
      receiver = createReceiver();
      prepare(receiver);
      let call = 0;
      file(receiver, () => {
        if (call++ === at) receiver.receive({ deliveryId: 'd-2', revision: 2, summaryText: text });
      });
      // Between the last look and the writing itself nothing can be seen.
      if (/^(save|delete) appointment$/.test(name)) expect(countDuplicates(receiver.records())).toBe(0);
      else expectOneSet(text);
    }
  });
});

test('killed as often as one likes, in whatever order revisions come: once, and the newest whole', () => {
  const texts = [TEXT, newerTexts.shorter, newerTexts.longer, 'Short'];
  const attempt = fc.record({ at: fc.nat(120), revision: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 6 }), fc.boolean(), (attempts, isInCalendar) => {
      receiver = createReceiver();
      if (isInCalendar) receiver.addAppointment();
      const changes = (revision: number) => ({
        deliveryId: `d-${revision}`,
        revision,
        summaryText: texts[revision] ?? '',
      });
      for (const { at, revision } of attempts) kill(at, changes(revision));
      const newest = Math.max(0, ...attempts.map(({ revision }) => revision));
      expect(receiver.receive(changes(newest)).answer).toMatchObject({ ok: true });
      expectOneSet(texts[newest] ?? '');
    }),
    { numRuns: 300 },
  );
});
