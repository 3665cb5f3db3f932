import type { Associate, Company, Contact } from './crm.js';

/** Customers of an invented telephone company; `.example` is reserved, so no such address exists (RFC 2606). */
const companies = [
  ['Nordvik Shipping AS', 'nordvik-shipping.example', ['Ingrid Nordvik', 'Håkon Sæther', 'Tuva Lie']],
  ['Åkerlunds Möbler AB', 'akerlunds.example', ['Åsa Åkerlund', 'Björn Wikström', 'Malin Öberg']],
  ['Smørrebrød & Co ApS', 'smorrebrod.example', ['Søren Kjær', 'Mette Østergaard', 'Jonas Præst']],
  ['Helios Energi AB', 'helios-energi.example', ['Karin Lindqvist', 'Omar Haddad', 'Elin Sjögren']],
  ['Van Dijk Logistiek BV', 'vandijk.example', ['Pieter van Dijk', 'Sanne de Boer', 'Daan Visser']],
  ['Kiruna Gruvservice AB', 'kiruna-gruv.example', ['Nils Päiviö', 'Lena Mäki', 'Stefan Brännström']],
  ['Fjordbank ASA', 'fjordbank.example', ['Silje Berg', 'Anders Vågen', 'Nora Haugland']],
  ['Müller Präzision GmbH', 'mueller-praezision.example', ['Jürgen Müller', 'Heike Groß', 'Tobias Schäfer']],
] as const;

const associates = ['Sara Holm', 'Erik Lund', 'Amina Yusuf', 'Johan Ek'];

/** 8 companies with 3 contacts each, and 4 associates; new objects at each call. */
export function sampleCrm(): { companies: Company[]; contacts: Contact[]; associates: Associate[] } {
  return {
    companies: companies.map(([name, domain], index) => ({
      companyId: index + 1,
      name,
      emails: [`info@${domain}`],
    })),
    contacts: companies.flatMap(([, domain, people], index) =>
      people.map((name, position) => ({
        contactId: 101 + index * people.length + position,
        name,
        emails: [`${mailbox(name)}@${domain}`],
        companyId: index + 1,
      })),
    ),
    associates: associates.map((name, index) => ({
      associateId: index + 1,
      name,
      email: `${mailbox(name)}@dstny-demo.example`,
    })),
  };
}

/** `Åsa Åkerlund` → `asa.akerlund` */
function mailbox(name: string): string {
  return name
    .toLowerCase()
    .replace(/[æøß]/g, (letter) => ({ æ: 'ae', ø: 'o', ß: 'ss' })[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z ]/g, '')
    .replace(/ +/g, '.');
}
