import { diagnosesSv } from './diagnoses/sv.js';
import { settingsSv } from './settings/sv.js';
import type { Messages } from './messages.js';

export const sv: Messages = {
  skipToContent: 'Gå till innehållet',
  language: 'Språk',
  noAnswer: {
    title: 'Inget svar',
    detail: 'Tjänsten kan inte nås just nu. Ladda om sidan om en stund och se om det blev gjort.',
  },
  problems: {
    'invalid-request': { title: 'Det fungerade inte', detail: 'Ladda om sidan och försök igen.' },
    'session-over': {
      title: 'Sidan har stängts',
      detail: 'Av säkerhetsskäl stängs den efter en stund. Öppna den igen där du kom ifrån.',
    },
    forbidden: { title: 'Inte tillåtet', detail: 'Du får titta på sidan, men inte ändra något här.' },
    'not-found': { title: 'Här finns inget', detail: 'Kontrollera adressen eller gå tillbaka.' },
    conflict: {
      title: 'För sent för det',
      detail: 'Något har ändrats under tiden. Sidan visar hur det ser ut nu.',
    },
    'body-too-large': { title: 'För mycket text', detail: 'Skriv mindre text och försök igen.' },
    'too-many-requests': {
      title: 'Ett ögonblick',
      detail: 'Det blev för många anrop. Försök igen om en minut.',
    },
    internal: {
      title: 'Något gick fel hos oss',
      detail: 'Försök igen. Om felet kvarstår, anmäl klockslaget.',
    },
    unavailable: {
      title: 'Inte tillgängligt just nu',
      detail: 'Inget har ändrats och ingen sammanfattning går förlorad. Försök igen om en stund.',
    },
  },
  settings: settingsSv,
  diagnoses: diagnosesSv,
};
