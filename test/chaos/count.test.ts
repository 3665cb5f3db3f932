import type { Delivery } from '@dci-superoffice/client';
import { describe, expect, test } from 'vitest';
import type { CrmRecord } from '../../sandbox/crm.js';
import { accountedFor, count, type Evidence } from '../../chaos/count.js';

const deliveredOne: Delivery = {
  deliveryId: 'd0',
  state: 'delivered',
  acceptedAt: '2026-09-01T10:00:00Z',
  attempts: 1,
};
const parkedOne: Delivery = {
  ...deliveredOne,
  state: 'parked',
  lastFailure: { code: 'script-refused', cause: 'It was refused.', remedy: 'Look there.' },
};
const recordOne: CrmRecord = {
  recordId: 1_001,
  meetingId: 'chaos-0',
  deliveryId: 'd0',
  title: 'Kick-off',
  startLocal: '2026-09-01 10:00:00',
  endLocal: '2026-09-01 10:30:00',
  internalNotes: 'We agreed to start.',
  recordingUrl: '',
  location: '',
  ownerId: 1,
  contactId: 101,
  companyId: 1,
  isCompleted: true,
  generatedAt: '',
  revision: 0,
  revisions: 0,
  continuations: [],
};

const onePlan = { deliveries: 1, owners: [0], cancelled: new Set<number>(), refused: new Set<number>() };

/** One summary of one tenant, accepted and delivered and filed once, but for the changes. */
function tallyOf(changes: Partial<Evidence>) {
  return count({
    plan: onePlan,
    accepted: new Map([[0, 'd0']]),
    deliveries: new Map([[0, deliveredOne]]),
    listedAsParked: new Set(),
    records: [[recordOne]],
    ...changes,
  });
}

const nothing = { delivered: 0, parked: 0, cancelled: 0, lost: [], duplicates: [], unexplained: [] };

describe('is where it should be', () => {
  test('delivered, and filed once', () => {
    const tally = tallyOf({});
    expect(tally).toEqual({ ...nothing, delivered: 1 });
    expect(accountedFor(tally)).toBe(1);
  });

  test('parked as planned, with its cause and in the list', () => {
    const deliveries = new Map([[0, parkedOne]]);
    const plan = { ...onePlan, refused: new Set([0]) };
    const tally = tallyOf({ plan, deliveries, listedAsParked: new Set(['d0']), records: [[]] });
    expect(tally).toEqual({ ...nothing, parked: 1 });
  });

  test.each([[[]], [[recordOne]]])('cancelled as planned, whether it was filed before or not', (records) => {
    const plan = { ...onePlan, cancelled: new Set([0]) };
    const deliveries = new Map([[0, { ...deliveredOne, state: 'cancelled' as const }]]);
    expect(tallyOf({ plan, deliveries, records: [records] })).toEqual({ ...nothing, cancelled: 1 });
  });
});

describe('is named', () => {
  const name = 'd0 of tenant 0, meeting chaos-0';

  test('delivered, as the API says, and not filed: lost', () => {
    expect(tallyOf({ records: [[]] })).toEqual({
      ...nothing,
      lost: [`${name}: not filed, and the API says "delivered"`],
    });
  });

  test('accepted, and unknown to the API: lost', () => {
    expect(tallyOf({ deliveries: new Map(), records: [[]] }).lost).toEqual([
      `${name}: not filed, and the API says that there is none`,
    ]);
  });

  test('parked where nobody sees it: lost', () => {
    const deliveries = new Map([[0, parkedOne]]);
    expect(tallyOf({ deliveries, records: [[]] }).lost).toEqual([
      `${name}: not filed, and the API says "parked"`,
    ]);
  });

  test('parked to the end, and nobody planned to', () => {
    const deliveries = new Map([[0, parkedOne]]);
    expect(tallyOf({ deliveries, listedAsParked: new Set(['d0']), records: [[]] }).unexplained).toEqual([
      `${name}: parked to the end (script-refused)`,
    ]);
  });

  test('parked, and filed all the same', () => {
    const plan = { ...onePlan, refused: new Set([0]) };
    const deliveries = new Map([[0, parkedOne]]);
    expect(tallyOf({ plan, deliveries, listedAsParked: new Set(['d0']) }).unexplained).toEqual([
      `${name}: filed, and the API says "parked"`,
    ]);
  });

  test('still under way: lost', () => {
    const deliveries = new Map([[0, { ...deliveredOne, state: 'delivering' as const }]]);
    expect(tallyOf({ deliveries, records: [[]] }).lost).toEqual([
      `${name}: not filed, and the API says "delivering"`,
    ]);
  });

  test('cancelled, and nobody planned to', () => {
    const deliveries = new Map([[0, { ...deliveredOne, state: 'cancelled' as const }]]);
    expect(tallyOf({ deliveries }).unexplained).toEqual([`${name}: filed, and the API says "cancelled"`]);
  });

  test('filed twice', () => {
    const tally = tallyOf({ records: [[recordOne, recordOne]] });
    expect(tally.duplicates).toEqual([`${name}: 1 too many`]);
  });

  test('filed once, and a further part of it twice', () => {
    const second = { ...recordOne, part: 2 };
    const continuations = [second, second, { ...recordOne, part: 3 }];
    expect(tallyOf({ records: [[{ ...recordOne, continuations }]] }).duplicates).toEqual([
      `${name}: 1 too many`,
    ]);
  });

  test('one record that was written twice', () => {
    expect(tallyOf({ records: [[{ ...recordOne, revisions: 1 }]] }).duplicates).toEqual([
      `${name}: written twice`,
    ]);
  });

  test('filed at another customer', () => {
    const tally = tallyOf({ records: [[], [recordOne]] });
    expect(tally.lost).toHaveLength(1);
    expect(tally.unexplained).toEqual(['a record of tenant 1 that nobody handed in, meeting chaos-0']);
  });

  test('never accepted', () => {
    expect(tallyOf({ accepted: new Map(), records: [[]] }).unexplained).toEqual([
      '(no delivery) of tenant 0, meeting chaos-0: was not accepted',
    ]);
  });
});
