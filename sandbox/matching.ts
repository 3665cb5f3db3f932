import type { Crm } from './crm.js';

/** Whom the e-mail addresses of a meeting matched. */
export interface Match {
  contactIds: number[];
  companyIds: number[];
}

type People = Pick<Crm, 'contacts' | 'companies' | 'associates' | 'fallbackOwnerId'>;

/**
 * Contacts and companies of the participants, by e-mail and without regard to case. Colleagues are skipped, even
 * where one is a contact too: every meeting has some, and they are not whom it was with.
 */
export function matchParticipants(crm: People, participantEmails: readonly string[]): Match {
  const colleagues = new Set(crm.associates.map(({ email }) => normalize(email)));
  const wanted = new Set(participantEmails.map(normalize).filter((email) => !colleagues.has(email)));
  const isWanted = (email: string) => wanted.has(normalize(email));

  const contacts = crm.contacts.filter(({ emails }) => emails.some(isWanted));
  const companyIds = [
    ...contacts.flatMap(({ companyId }) => (companyId === undefined ? [] : [companyId])),
    ...crm.companies.filter(({ emails }) => emails.some(isWanted)).map(({ companyId }) => companyId),
  ];
  return { contactIds: contacts.map(({ contactId }) => contactId), companyIds: [...new Set(companyIds)] };
}

/** The associate who presented, else the fallback owner; 0 where there is nobody. */
export function findOwner(crm: People, presenterEmail: string): number {
  const presenter = crm.associates.find(({ email }) => normalize(email) === normalize(presenterEmail));
  if (presenter) return presenter.associateId;
  return crm.fallbackOwnerId || (crm.associates[0]?.associateId ?? 0);
}

function normalize(email: string): string {
  return email.trim().toLowerCase();
}
