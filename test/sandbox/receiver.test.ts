import { beforeEach, describe, expect, test } from 'vitest';
import { createRecords, type Crm } from '../../sandbox/crm.js';
import { type ReceiverAnswer, runReceiver } from '../../sandbox/receiver.js';
import { sampleCrm } from '../../sandbox/sample-crm.js';
import { samplePayload } from './support/payload.js';

const now = new Date('2026-09-01T08:00:00.000Z');
let crm: Crm;

beforeEach(() => {
  crm = { ...sampleCrm(), ...createRecords(), fallbackOwnerId: 0 };
});

function receive(changes: Record<string, unknown> = {}): ReceiverAnswer {
  return runReceiver(crm, samplePayload(changes), { scriptVersion: '1.0.0', now });
}

test('files a summary as one record of the contact, its company and the presenter', () => {
  expect(receive()).toEqual({
    status: 200,
    body: {
      ok: true,
      deliveryId: 'd-1',
      result: 'created',
      recordId: 1001,
      matchedContacts: 1,
      matchedCompanies: 1,
      scriptVersion: '1.0.0',
    },
  });
  expect(crm.records).toEqual([
    {
      recordId: 1001,
      deliveryId: 'd-1',
      meetingId: 'm-1',
      title: 'Offert till Åkerlunds 🪑',
      startsAt: '2026-09-01T07:00:00.000Z',
      endsAt: '2026-09-01T07:45:00.000Z',
      startLocal: '2026-09-01 09:00:00',
      internalNotes: 'Åsa vill ha en offert.',
      location: 'Älmhult',
      recordingUrl: 'https://dci.dstny-demo.example/recordings/m-1',
      ownerId: 2,
      contactIds: [104],
      companyIds: [2],
      generatedAt: '2026-09-01T07:50:00.000Z',
      revision: 0,
      revisions: 0,
      filedAt: '2026-09-01T08:00:00.000Z',
    },
  ]);
});

test('numbers the records from 1001', () => {
  receive();
  expect(receive({ deliveryId: 'd-2', meetingId: 'm-2' }).body).toMatchObject({ recordId: 1002 });
});

test('answers a test without filing anything', () => {
  expect(receive({ kind: 'test' })).toEqual({
    status: 200,
    body: { ok: true, deliveryId: 'd-1', result: 'pong', scriptVersion: '1.0.0' },
  });
  expect(crm.records).toEqual([]);
});

describe('the same meeting again', () => {
  test('is a duplicate under the same delivery id, and changes nothing', () => {
    receive();
    const answer = receive({ summaryText: 'Something else', generatedAt: '2027-01-01T00:00:00Z' });
    expect(answer.body).toMatchObject({ result: 'duplicate', recordId: 1001, matchedContacts: 1 });
    expect(crm.records).toMatchObject([{ internalNotes: 'Åsa vill ha en offert.', revisions: 0 }]);
  });

  test.each([
    ['newer', '2026-09-01T09:00:00.000Z'],
    ['equally old', '2026-09-01T07:50:00.000Z'],
    ['undated', ''],
  ])('updates the record under another delivery id with a summary that is %s', (_, generatedAt) => {
    receive();
    const answer = receive({ deliveryId: 'd-2', summaryText: 'Revised', generatedAt });
    expect(answer.body).toMatchObject({ result: 'updated', recordId: 1001 });
    expect(crm.records).toMatchObject([
      { deliveryId: 'd-2', internalNotes: 'Revised', generatedAt, revisions: 1 },
    ]);
  });

  test('takes the higher revision for the newer one where the times do not tell', () => {
    receive({ revision: 2, generatedAt: '' });
    expect(receive({ deliveryId: 'd-0', revision: 1, generatedAt: '' }).body).toMatchObject({
      result: 'duplicate',
    });
    expect(receive({ deliveryId: 'd-2', revision: 3, generatedAt: '' }).body).toMatchObject({
      result: 'updated',
    });
  });

  test('files it once more where it is forced to', () => {
    receive();
    const answer = receive({ summaryText: 'Once more', force: true });
    expect(answer.body).toMatchObject({ result: 'updated', recordId: 1001 });
    expect(crm.records).toMatchObject([{ internalNotes: 'Once more', revisions: 1 }]);
  });

  test('leaves the record alone when the summary is older', () => {
    receive();
    const answer = receive({ deliveryId: 'd-0', summaryText: 'Old', generatedAt: '2026-09-01T07:49:00Z' });
    expect(answer.body).toMatchObject({ result: 'duplicate', recordId: 1001 });
    expect(crm.records).toMatchObject([{ deliveryId: 'd-1', revisions: 0 }]);
  });

  test('is still a duplicate when its delivery has been overtaken by an update', () => {
    receive();
    receive({ deliveryId: 'd-2' });
    expect(receive().body).toMatchObject({ result: 'duplicate', recordId: 1001 });
    expect(crm.records).toMatchObject([{ deliveryId: 'd-2', revisions: 1 }]);
  });

  test('keeps its links when an update names nobody who is known', () => {
    receive();
    receive({ deliveryId: 'd-2', participantEmails: [] });
    expect(crm.records).toMatchObject([{ contactIds: [104], companyIds: [2], revisions: 1 }]);
  });
});

describe('matching', () => {
  test('disregards case and surrounding blanks', () => {
    receive({ participantEmails: [' Asa.Akerlund@AKERLUNDS.example '] });
    expect(crm.records).toMatchObject([{ contactIds: [104] }]);
  });

  test('counts a company once, however many of its people took part', () => {
    const answer = receive({
      participantEmails: ['asa.akerlund@akerlunds.example', 'bjorn.wikstrom@akerlunds.example'],
    });
    expect(answer.body).toMatchObject({ matchedContacts: 2, matchedCompanies: 1 });
  });

  test("finds a company by the company's own address", () => {
    expect(receive({ participantEmails: ['INFO@fjordbank.example'] }).body).toMatchObject({
      result: 'created',
      matchedContacts: 0,
      matchedCompanies: 1,
    });
  });

  test('links every contact that has the address', () => {
    crm.contacts.push({ contactId: 900, name: 'Åsa again', emails: ['asa.akerlund@akerlunds.example'] });
    receive();
    expect(crm.records).toMatchObject([{ contactIds: [104, 900], companyIds: [2] }]);
  });

  test('skips colleagues, even one who is a contact too', () => {
    crm.contacts.push({ contactId: 900, name: 'Erik Lund', emails: ['erik.lund@dstny-demo.example'] });
    const answer = receive({ participantEmails: ['Erik.Lund@dstny-demo.example'] });
    expect(answer.body).toMatchObject({ result: 'no-match', matchedContacts: 0, matchedCompanies: 0 });
  });

  test('files nothing when nobody is known, and tries afresh the next time', () => {
    expect(receive({ participantEmails: ['new@customer.example'] }).body).not.toHaveProperty('recordId');
    expect(crm.records).toEqual([]);
    crm.contacts.push({ contactId: 900, name: 'New', emails: ['new@customer.example'] });
    expect(receive({ participantEmails: ['new@customer.example'] }).body).toMatchObject({
      result: 'created',
      recordId: 1001,
    });
  });

  test.each([
    ['the fallback owner', 4, 4],
    ['the first associate', 0, 1],
  ])('gives the record of an unknown presenter to %s', (_, fallbackOwnerId, ownerId) => {
    crm.fallbackOwnerId = fallbackOwnerId;
    receive({ presenterEmail: 'asa.akerlund@akerlunds.example' });
    expect(crm.records).toMatchObject([{ ownerId }]);
  });
});

test.each([
  ['no object', 17, 'bad-json'],
  ['a list', [], 'bad-json'],
  ['an empty object', {}, 'no-deliveryId'],
  ['a delivery id that is no string', { deliveryId: 17 }, 'no-deliveryId'],
])('refuses %s', (_, payload, error) => {
  expect(runReceiver(crm, payload, { scriptVersion: '1', now })).toEqual({
    status: 400,
    body: { ok: false, error },
  });
});
