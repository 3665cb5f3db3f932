import type { Crm } from './crm.js';
import type { CrmTables, Row } from './crmscript/crm-tables.js';

/** The rows that scripts write; those of people and companies are made of the settings. */
export type ScriptTables = Pick<CrmTables, 'appointment' | 'foreignapp' | 'foreigndevice' | 'foreignkey'>;

/**
 * Our own company, which is there anyway; in the settings it can be given addresses. It and the persons of associates are
 * numbered from here, far from others of the settings.
 */
export const OWN_COMPANY = 1_000_000;

/** The types of activities that a customer chooses from. An administrator adds more, and names them; TaskType is fixed. */
const TASKS: Row[] = [
  { task_id: 1, name: 'Phone - in', record_type: 5 },
  { task_id: 2, name: 'To-do', record_type: 6 },
  { task_id: 3, name: 'Meeting in-house', record_type: 1 },
  { task_id: 4, name: 'Meeting external', record_type: 1 },
];

/** A CRM before the first summary. */
export function createScriptTables(): ScriptTables {
  return { appointment: [], foreignapp: [], foreigndevice: [], foreignkey: [] };
}

/** The tables as a script finds them: the settings may have changed since the last call. */
export function tablesOf({ companies, contacts, associates }: Crm, written: ScriptTables): CrmTables {
  const email: Row[] = [];
  const addAddress = (address: string, person_id: number, contact_id: number, rank: number) =>
    void email.push({ email_id: email.length + 1, person_id, contact_id, email_address: address, rank });
  const firstAssociate = associates[0]?.associateId ?? 0;

  const contact: Row[] = companies.map(({ companyId, name, emails, ourContactId = firstAssociate }) => {
    emails.forEach((address, index) => addAddress(address, 0, companyId, index + 1));
    return { contact_id: companyId, name, associate_id: ourContactId };
  });
  const person: Row[] = contacts.map(({ contactId, name, emails, companyId = 0, hasLeft = false }) => {
    emails.forEach((address, index) => addAddress(address, contactId, 0, index + 1));
    return personRow(contactId, name, companyId, hasLeft, firstAssociate);
  });
  const associate: Row[] = associates.map((one) => {
    const { associateId, name, hasLeft = false, companyId = OWN_COMPANY, type = 0 } = one;
    const personId = OWN_COMPANY + associateId;
    addAddress(one.email, personId, 0, 1);
    person.push(personRow(personId, name, companyId, hasLeft, associateId));
    return { associate_id: associateId, person_id: personId, type, deleted: Number(hasLeft) };
  });
  if (!companies.some(({ companyId }) => companyId === OWN_COMPANY)) {
    contact.push({ contact_id: OWN_COMPANY, name: 'Our own company', associate_id: firstAssociate });
  }
  return { contact, person, email, associate, task: TASKS, ...written };
}

function personRow(id: number, name: string, companyId: number, hasLeft: boolean, associateId: number): Row {
  const [firstname = '', ...rest] = name.split(' ');
  return {
    person_id: id,
    contact_id: companyId,
    firstname,
    lastname: rest.join(' '),
    retired: Number(hasLeft),
    associate_id: associateId,
  };
}
