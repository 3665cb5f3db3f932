import { expect, test } from 'vitest';
import { OWN_COMPANY } from '../../sandbox/crm-rows.js';
import { createReceiver, type Receiver } from './support/receiver.js';

const asa = 'asa.akerlund@akerlunds.example';
const bjorn = 'bjorn.wikstrom@akerlunds.example';
const ingrid = 'ingrid.nordvik@nordvik-shipping.example';
const erik = 'erik.lund@dstny-demo.example';
const sara = 'sara.holm@dstny-demo.example';
/** Colleagues who are registered at our own company, and are no users. */
const vera = 'vera@dstny-demo.example';
const olle = 'olle@dstny-demo.example';

interface Case {
  name: string;
  /** What is different about the CRM. */
  given?: (receiver: Receiver) => void;
  participants?: string[];
  presenter?: string;
  /** Result of the answer, and the counts of persons and companies in it. */
  answers: [result: string, persons: number, companies: number];
  /** What the record holds; undefined: there is none. */
  record?: Record<string, unknown>;
}

const add = (...contacts: Receiver['crm']['contacts']) => {
  return ({ crm }: Receiver) => void crm.contacts.push(...contacts);
};

const addColleagues = add(
  { contactId: 900, name: 'Vera Assistant', emails: [vera], companyId: OWN_COMPANY },
  { contactId: 901, name: 'Olle Stores', emails: [olle], companyId: OWN_COMPANY },
);
const addOwnAddress = ({ crm }: Receiver) =>
  void crm.companies.push({ companyId: OWN_COMPANY, name: 'Ours', emails: ['sales@dstny-demo.example'] });

const cases: Case[] = [
  {
    name: 'nobody is known: nothing is filed',
    participants: ['new@customer.example'],
    answers: ['no-match', 0, 0],
  },
  { name: 'nobody took part: nothing is filed', participants: [], answers: ['no-match', 0, 0] },
  {
    name: 'one is known: filed with person, company and presenter',
    participants: [erik, asa],
    answers: ['created', 1, 1],
    record: { contactId: 104, companyId: 2, ownerId: 2, isCompleted: true },
  },
  {
    name: 'an address in another case, with blanks around it',
    participants: [' Asa.Akerlund@AKERLUNDS.example '],
    answers: ['created', 1, 1],
    record: { contactId: 104 },
  },
  {
    name: 'an address that SuperOffice has in another case',
    given: add({ contactId: 900, name: 'New One', emails: ['New.One@Customer.Example'], companyId: 3 }),
    participants: ['new.one@customer.example'],
    answers: ['created', 1, 1],
    record: { contactId: 900, companyId: 3 },
  },
  {
    name: 'a second address of a person',
    given: add({ contactId: 900, name: 'New One', emails: ['a@customer.example', 'b@customer.example'] }),
    participants: ['b@customer.example'],
    answers: ['created', 1, 0],
    record: { contactId: 900 },
  },
  {
    name: 'both addresses of a person: one person',
    given: add({ contactId: 900, name: 'New One', emails: ['a@customer.example', 'b@customer.example'] }),
    participants: ['b@customer.example', 'a@customer.example'],
    answers: ['created', 1, 0],
    record: { contactId: 900 },
  },
  {
    name: 'several persons of one company: with the first, and the others are named',
    participants: [bjorn, asa],
    answers: ['created', 2, 1],
    record: {
      contactId: 105,
      companyId: 2,
      internalNotes: expect.stringContaining('Also: Åsa Åkerlund (Åkerlunds Möbler AB)') as string,
    },
  },
  {
    name: 'several companies: with the one of most participants',
    participants: [ingrid, asa, bjorn],
    answers: ['created', 3, 2],
    record: {
      contactId: 104,
      companyId: 2,
      internalNotes: expect.stringContaining('Ingrid Nordvik (Nordvik Shipping AS)') as string,
    },
  },
  {
    name: 'several companies with as many: with the one that is named first',
    participants: [ingrid, asa],
    answers: ['created', 2, 2],
    record: { contactId: 101, companyId: 1 },
  },
  {
    name: "a company's own address: with the company alone",
    participants: ['INFO@fjordbank.example'],
    answers: ['created', 0, 1],
    record: { contactId: 0, companyId: 7 },
  },
  {
    name: "a person, and another company's own address: the company is named",
    participants: [asa, 'info@fjordbank.example'],
    answers: ['created', 1, 2],
    record: { companyId: 2, internalNotes: expect.stringContaining('Also: Fjordbank ASA') as string },
  },
  { name: 'colleagues alone: nothing is filed', participants: [erik, sara], answers: ['no-match', 0, 0] },
  {
    name: 'a colleague who is registered with a customer as well counts for nobody',
    given: add({ contactId: 900, name: 'Erik Lund', emails: [erik], companyId: 3 }),
    participants: [erik],
    answers: ['no-match', 0, 0],
  },
  {
    name: 'a colleague who is no user any more counts for nobody, and owns nothing',
    given: ({ crm }) => Object.assign(crm.associates[1] ?? {}, { hasLeft: true }),
    participants: [erik, asa],
    answers: ['created', 1, 1],
    record: { contactId: 104, ownerId: 1 },
  },
  {
    name: 'a colleague who is no user counts for nobody: an internal meeting is not filed',
    given: addColleagues,
    participants: [erik, vera],
    answers: ['no-match', 0, 0],
  },
  {
    name: 'two colleagues who are no users do not outvote one customer',
    given: addColleagues,
    participants: [vera, olle, asa],
    answers: ['created', 1, 1],
    record: {
      contactId: 104,
      companyId: 2,
      internalNotes: expect.not.stringContaining('Also') as string,
    },
  },
  {
    name: 'a colleague who is no user owns nothing',
    given: addColleagues,
    presenter: vera,
    participants: [vera, asa],
    answers: ['created', 1, 1],
    record: { contactId: 104, ownerId: 1 },
  },
  {
    name: "our own company's address comes first, then a customer: the customer",
    given: addOwnAddress,
    participants: ['sales@dstny-demo.example', asa],
    answers: ['created', 1, 1],
    record: { contactId: 104, companyId: 2 },
  },
  {
    name: "our own company's address alone: nothing is filed",
    given: addOwnAddress,
    participants: ['sales@dstny-demo.example', erik],
    answers: ['no-match', 0, 0],
  },
  {
    name: 'a company at which a former user works now is a customer',
    given: ({ crm }) =>
      void crm.associates.push({
        associateId: 9,
        name: 'A',
        email: 'a@b.example',
        companyId: 2,
        hasLeft: true,
      }),
    participants: [asa],
    answers: ['created', 1, 1],
    record: { contactId: 104, companyId: 2 },
  },
  {
    name: "a company whose people may sign in to the customers' pages is a customer",
    given: ({ crm }) =>
      void crm.associates.push({ associateId: 9, name: 'A', email: 'a@b.example', companyId: 2, type: 4 }),
    participants: [asa],
    answers: ['created', 1, 1],
    record: { contactId: 104, companyId: 2 },
  },
  {
    name: 'two persons with one address: the one with a company',
    given: add(
      { contactId: 900, name: 'Twice Without', emails: ['twice@customer.example'] },
      { contactId: 901, name: 'Twice With', emails: ['twice@customer.example'], companyId: 3 },
    ),
    participants: ['twice@customer.example'],
    answers: ['created', 1, 1],
    record: { contactId: 901, companyId: 3 },
  },
  {
    name: 'two persons of companies with one address: the first',
    given: add(
      { contactId: 900, name: 'Twice One', emails: ['twice@customer.example'], companyId: 4 },
      { contactId: 901, name: 'Twice Two', emails: ['twice@customer.example'], companyId: 3 },
    ),
    participants: ['twice@customer.example'],
    answers: ['created', 1, 1],
    record: { contactId: 900, companyId: 4 },
  },
  {
    name: 'who has left the company is not matched',
    given: add({
      contactId: 900,
      name: 'Gone',
      emails: ['gone@customer.example'],
      companyId: 3,
      hasLeft: true,
    }),
    participants: ['gone@customer.example'],
    answers: ['no-match', 0, 0],
  },
  {
    name: 'who has left one company and is at another: there',
    given: add(
      { contactId: 900, name: 'Moved', emails: ['moved@customer.example'], companyId: 3, hasLeft: true },
      { contactId: 901, name: 'Moved', emails: ['moved@customer.example'], companyId: 4 },
    ),
    participants: ['moved@customer.example'],
    answers: ['created', 1, 1],
    record: { contactId: 901, companyId: 4 },
  },
  {
    name: 'a person without company',
    given: add({ contactId: 900, name: 'Private', emails: ['private@home.example'] }),
    participants: ['private@home.example'],
    answers: ['created', 1, 0],
    record: { contactId: 900, companyId: 0 },
  },
  {
    name: 'a person without company, and one with: with the one who has',
    given: add({ contactId: 900, name: 'Private One', emails: ['private@home.example'] }),
    participants: ['private@home.example', asa],
    answers: ['created', 2, 1],
    record: { contactId: 104, internalNotes: expect.stringContaining('Also: Private One') as string },
  },
  {
    name: 'the presenter is unknown, and a colleague took part: the colleague owns it',
    presenter: 'unknown@elsewhere.example',
    participants: [sara, asa],
    answers: ['created', 1, 1],
    record: { ownerId: 1 },
  },
  {
    name: 'nobody of ours is known: the fallback owner',
    given: ({ constants }) => Object.assign(constants, { fallbackOwnerId: 4 }),
    presenter: '',
    participants: [asa],
    answers: ['created', 1, 1],
    record: { ownerId: 4 },
  },
  {
    name: 'nobody of ours is known, and there is no fallback: our contact at the company',
    given: ({ crm }) => Object.assign(crm.companies[1] ?? {}, { ourContactId: 3 }),
    presenter: '',
    participants: [asa],
    answers: ['created', 1, 1],
    record: { ownerId: 3 },
  },
  {
    name: 'nobody of ours is known, and the person has no company: our contact with the person',
    given: add({ contactId: 900, name: 'Private', emails: ['private@home.example'] }),
    presenter: '',
    participants: ['private@home.example'],
    answers: ['created', 1, 0],
    record: { ownerId: 1 },
  },
  {
    name: 'more than a hundred participants: the first hundred count',
    participants: [...Array.from({ length: 100 }, (_, index) => `n${index}@nobody.example`), asa],
    answers: ['no-match', 0, 0],
  },
];

test.each(cases)('$name', ({ given, participants, presenter, answers, record }) => {
  const receiver = createReceiver();
  given?.(receiver);
  const { status, answer } = receiver.receive({
    ...(participants && { participantEmails: participants }),
    ...(presenter !== undefined && { presenterEmail: presenter }),
  });
  const [result, matchedContacts, matchedCompanies] = answers;
  expect({ status, answer }).toMatchObject({
    status: 200,
    answer: { ok: true, deliveryId: 'd-1', result, matchedContacts, matchedCompanies },
  });
  const records = receiver.records();
  expect(records).toMatchObject(record ? [record] : []);
  expect(answer.recordId).toBe(records[0]?.recordId);
});

test('whether a company is our own is asked once', () => {
  const selectsFor = (third: string) => {
    let selects = 0;
    const count = (call: string) => void (selects += Number(call === 'select'));
    createReceiver().receive({ participantEmails: [asa, bjorn, third] }, count);
    return selects;
  };
  expect(selectsFor(ingrid) - selectsFor('malin.oberg@akerlunds.example')).toBe(1);
});

test.each<[string, string, (receiver: Receiver) => void]>([
  ['is none', asa, ({ crm }) => (crm.associates = [])],
  [
    'at the company has left',
    asa,
    ({ crm }) => {
      Object.assign(crm.companies[1] ?? {}, { ourContactId: 3 });
      Object.assign(crm.associates[2] ?? {}, { hasLeft: true });
    },
  ],
  [
    'at the company is no employee',
    asa,
    ({ crm }) => {
      Object.assign(crm.companies[1] ?? {}, { ourContactId: 3 });
      Object.assign(crm.associates[2] ?? {}, { type: 1 });
    },
  ],
  [
    'with a person has left',
    'private@home.example',
    (receiver) => {
      add({ contactId: 900, name: 'Private', emails: ['private@home.example'] })(receiver);
      Object.assign(receiver.crm.associates[0] ?? {}, { hasLeft: true });
    },
  ],
])(
  'a summary is refused where nobody of ours is known and our contact %s; the debug log says what to do',
  (_, participant, given) => {
    const receiver = createReceiver();
    given(receiver);
    const { status, answer, logged } = receiver.receive({
      presenterEmail: '',
      participantEmails: [participant],
    });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ ok: false, deliveryId: 'd-1', error: 'no-owner' });
    expect(logged.join()).toContain('FALLBACK_OWNER');
    expect(receiver.tables.appointment).toEqual([]);
  },
);
