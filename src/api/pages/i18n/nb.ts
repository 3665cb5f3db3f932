import { diagnosesNb } from './diagnoses/nb.js';
import { settingsNb } from './settings/nb.js';
import type { Messages } from './messages.js';

export const nb: Messages = {
  skipToContent: 'Gå til innholdet',
  language: 'Språk',
  noAnswer: {
    title: 'Ikke noe svar',
    detail: 'Tjenesten kan ikke nås akkurat nå. Last siden på nytt om litt, og se om det ble gjort.',
  },
  problems: {
    'invalid-request': { title: 'Det fungerte ikke', detail: 'Last siden på nytt og prøv igjen.' },
    'session-over': {
      title: 'Siden er lukket',
      detail: 'Av sikkerhetshensyn lukkes den etter en stund. Åpne den igjen der du kom fra.',
    },
    forbidden: { title: 'Ikke tillatt', detail: 'Du kan se på siden, men ikke endre noe her.' },
    'not-found': { title: 'Her er det ingenting', detail: 'Kontroller adressen eller gå tilbake.' },
    conflict: {
      title: 'For sent',
      detail: 'Noe har endret seg i mellomtiden. Siden viser hvordan det er nå.',
    },
    'body-too-large': { title: 'For mye tekst', detail: 'Skriv mindre tekst og prøv igjen.' },
    'too-many-requests': { title: 'Et øyeblikk', detail: 'Det ble for mange kall. Prøv igjen om et minutt.' },
    internal: {
      title: 'Noe gikk galt hos oss',
      detail: 'Prøv igjen. Hvis feilen fortsetter, meld fra om klokkeslettet.',
    },
    unavailable: {
      title: 'Ikke tilgjengelig akkurat nå',
      detail: 'Ingenting er endret, og ingen sammendrag går tapt. Prøv igjen om litt.',
    },
  },
  settings: settingsNb,
  diagnoses: diagnosesNb,
};
