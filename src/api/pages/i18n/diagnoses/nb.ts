import type { DiagnosisWords } from './words.js';

const WAITS = 'Ingenting: leveringen prøves igjen.';
const NOT_TWICE = 'Ingenting: leveringen prøves igjen; det som kom fram, arkiveres ikke to ganger.';
const AGAIN_LATER = 'Test igjen om noen minutter; sammendrag venter imens, og ingen går tapt.';
const CURRENT_SCRIPT = 'Installer det gjeldende mottaksskriptet i SuperOffice.';
const DEBUG_LOG = 'Se i SuperOffice sin feilsøkingslogg (System design) etter linjer fra mottaksskriptet.';

export const diagnosesNb: DiagnosisWords = {
  delivery: {
    'host-moved': {
      cause: 'SuperOffice har flyttet kunden til en annen server.',
      remedy: 'Ingenting: den nye serveren slås opp.',
    },
    throttled: { cause: 'SuperOffice ber om færre kall.', remedy: 'Ingenting: leveringen venter så lenge.' },
    busy: { cause: 'SuperOffice var opptatt med et annet kall.', remedy: WAITS },
    'server-error': { cause: 'SuperOffice svarte med en egen feil.', remedy: WAITS },
    'script-failed': {
      cause: 'Mottaksskriptet feilet mens det kjørte.',
      remedy: `Hvis det vedvarer: ${DEBUG_LOG.charAt(0).toLowerCase()}${DEBUG_LOG.slice(1)}`,
    },
    timeout: { cause: 'SuperOffice svarte ikke i tide.', remedy: NOT_TWICE },
    network: { cause: 'SuperOffice kunne ikke nås.', remedy: WAITS },
    'answer-broken': { cause: 'Svaret fra SuperOffice ble brutt.', remedy: NOT_TWICE },
    maintenance: {
      cause: 'SuperOffice har vedlikehold.',
      remedy: 'Ingenting: leveringen sendes når SuperOffice er tilbake.',
    },
    'waiting-turn': {
      cause: 'Andre sammendrag går først.',
      remedy: 'Ingenting: hvert sendes når det er dets tur.',
    },
    'worker-lost': { cause: 'Forsøket ble avbrutt før det var ferdig.', remedy: WAITS },
    'script-not-reached': {
      cause: 'SuperOffice svarte med en nettside i stedet for mottaksskriptet.',
      remedy: 'Kontroller nøkkelen og include-navnet, og at skriptet tillater verbet POST.',
    },
    'script-source': {
      cause: 'SuperOffice svarte med skriptets kildekode: skriptet er lagret uten EJSCRIPT-taggene.',
      remedy: 'Lagre mottaksskriptet med %EJSCRIPT_START% og %EJSCRIPT_END% slik det ble levert.',
    },
    'wrong-script': {
      cause: 'Et skript svarte, men ikke mottaksskriptet til denne tjenesten.',
      remedy: 'Kontroller include-navnet, og at det gjeldende mottaksskriptet er installert.',
    },
    unauthorized: {
      cause: 'SuperOffice godtok ikke nøkkelen.',
      remedy: 'Oppgi nøkkelen til mottaksskriptet igjen; den kan ha utløpt eller blitt trukket tilbake.',
    },
    'signature-refused': {
      cause: 'Mottaksskriptet godtok ikke signaturen på kallet.',
      remedy:
        'Oppgi signeringshemmeligheten som står i mottaksskriptet igjen, sammen med nøkkelen; eller fjern den begge steder.',
    },
    'not-found': {
      cause: 'SuperOffice kjenner ikke adressen til skriptet.',
      remedy: 'Kontroller kundeinstansen og include-navnet.',
    },
    'verb-blocked': {
      cause: 'Mottaksskriptet tillater ikke verbet POST.',
      remedy: 'Kryss av for POST blant de tillatte HTTP-verbene til mottaksskriptet.',
    },
    'payload-refused': {
      cause: 'Mottaksskriptet godtok ikke innholdet i sammendraget.',
      remedy: 'Oppdater mottaksskriptet; hvis feilen fortsetter, meld fra om leverings-id-en.',
    },
    'script-refused': { cause: 'Mottaksskriptet godtok ikke sammendraget.', remedy: DEBUG_LOG },
    redirected: {
      cause: 'SuperOffice svarte med en omdirigering, som aldri følges.',
      remedy: 'Kontroller domeneprefikset og kundeinstansen.',
    },
    'unexpected-status': {
      cause: 'SuperOffice svarte med en status som skriptets adresse ikke har.',
      remedy:
        'Kontroller domeneprefikset og kundeinstansen; hvis feilen fortsetter, meld fra om leverings-id-en.',
    },
    'tenant-unknown': {
      cause: 'SuperOffice kjenner ikke kundeinstansen.',
      remedy: 'Kontroller kundeinstansen, for eksempel «Cust12345».',
    },
    'tenant-deleted': {
      cause: 'Denne SuperOffice-kunden er slettet.',
      remedy: 'Koble fra, eller koble til kundeinstansen som brukes nå.',
    },
    'tenant-suspended': {
      cause: 'Denne SuperOffice-kunden er sperret.',
      remedy: 'Be SuperOffice oppheve sperringen, og prøv så igjen.',
    },
    'host-refused': {
      cause: 'SuperOffice-adressen er ikke en som tjenesten kan kalle.',
      remedy: 'Kontroller domeneprefikset; en driftsansvarlig kan tillate flere servere.',
    },
    'token-unreadable': {
      cause: 'Den lagrede nøkkelen kan ikke lenger åpnes.',
      remedy: 'Oppgi nøkkelen igjen.',
    },
    paused: { cause: 'Integrasjonen er satt på pause.', remedy: 'Gjenoppta den: da sendes det som venter.' },
    'retry-window-over': {
      cause: 'SuperOffice kunne ikke ta imot sammendraget så lenge det ble prøvd.',
      remedy: 'Kontroller at SuperOffice er oppe, og prøv igjen.',
    },
  },
  test: {
    'host-refused': {
      cause: 'SuperOffice-adressen er ikke en som tjenesten kan kalle.',
      remedy:
        'Kontroller domeneprefikset: bare første del av SuperOffice-adressen deres, for eksempel «online2»; en driftsansvarlig kan tillate flere servere.',
    },
    'tenant-unknown': {
      cause: 'SuperOffice kjenner ikke kundeinstansen.',
      remedy:
        'Kontroller kundeinstansen, for eksempel «Cust12345», og at domeneprefikset bare er første del av SuperOffice-adressen deres.',
    },
    'tenant-suspended': {
      cause: 'Denne SuperOffice-kunden er sperret.',
      remedy: 'Be SuperOffice oppheve sperringen, og test så igjen.',
    },
    maintenance: { cause: 'SuperOffice har vedlikehold.', remedy: AGAIN_LATER },
    network: {
      cause: 'SuperOffice kunne ikke nås.',
      remedy: 'Kontroller at SuperOffice er oppe, og at domeneprefikset stemmer; test så igjen.',
    },
    timeout: {
      cause: 'SuperOffice svarte ikke i tide.',
      remedy: 'Kontroller at SuperOffice er oppe, og test igjen.',
    },
    'host-moved': {
      cause: 'SuperOffice har flyttet kunden og sier ikke ennå hvor.',
      remedy: AGAIN_LATER,
    },
    'server-error': {
      cause: 'SuperOffice svarte med en egen feil.',
      remedy: 'Kontroller at SuperOffice er oppe, og test igjen.',
    },
    'waiting-turn': { cause: 'Et kall som fortsatt pågår, går foran.', remedy: AGAIN_LATER },
    'worker-lost': { cause: 'Testen ble avbrutt før den var ferdig.', remedy: 'Test igjen.' },
    throttled: { cause: 'SuperOffice ber om færre kall.', remedy: AGAIN_LATER },
    busy: { cause: 'SuperOffice var opptatt med et annet kall.', remedy: AGAIN_LATER },
    'answer-broken': { cause: 'Svaret fra SuperOffice ble brutt.', remedy: 'Test igjen.' },
    'script-failed': { cause: 'Mottaksskriptet feilet mens det kjørte.', remedy: DEBUG_LOG },
    'script-not-reached': {
      cause: 'SuperOffice svarte med en nettside i stedet for mottaksskriptet.',
      remedy:
        'Kontroller nøkkelen, som kan være feil, utløpt eller trukket tilbake; så include-navnet, og at skriptet tillater verbet POST.',
    },
    'payload-refused': { cause: 'Mottaksskriptet godtok ikke testen.', remedy: CURRENT_SCRIPT },
    'script-refused': {
      cause: 'Mottaksskriptet godtok ikke testen.',
      remedy: `${CURRENT_SCRIPT} Hvis feilen fortsetter, se i SuperOffice sin feilsøkingslogg (System design).`,
    },
    'script-ignores-tests': {
      cause: 'Mottaksskriptet tok testen for et sammendrag.',
      remedy: CURRENT_SCRIPT,
    },
    'script-outdated': {
      cause: 'Mottaksskriptet er eldre enn tjenesten trenger.',
      remedy: CURRENT_SCRIPT,
    },
    'unexpected-status': {
      cause: 'SuperOffice svarte med en status som skriptets adresse ikke har.',
      remedy: 'Kontroller domeneprefikset og kundeinstansen.',
    },
  },
  notice: {
    maintenance: {
      cause: 'SuperOffice har vedlikehold.',
      remedy: 'Ingenting: tilkoblingen er lagret, og sammendrag sendes når SuperOffice er tilbake.',
    },
    'state-api-away': {
      cause: 'SuperOffice sier ikke akkurat nå om det kjenner kundeinstansen.',
      remedy: 'Tilkoblingen er lagret; kjør en test for å se om den virker.',
    },
  },
  unknown: (code) => ({
    cause: `Leveringen mislyktes (${code}).`,
    remedy: 'Prøv igjen, eller meld fra om leverings-id-en.',
  }),
};
