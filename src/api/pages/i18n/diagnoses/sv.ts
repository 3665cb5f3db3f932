import type { DiagnosisWords } from './words.js';

const WAITS = 'Inget: leveransen görs om.';
const NOT_TWICE = 'Inget: leveransen görs om; det som kom fram läggs inte in två gånger.';
const AGAIN_LATER = 'Testa igen om några minuter; sammanfattningar väntar så länge, och ingen går förlorad.';
const CURRENT_SCRIPT = 'Installera det aktuella mottagarskriptet i SuperOffice.';
const DEBUG_LOG = 'Titta i SuperOffice felsökningslogg (System design) efter rader från mottagarskriptet.';

export const diagnosesSv: DiagnosisWords = {
  delivery: {
    'host-moved': {
      cause: 'SuperOffice har flyttat kunden till en annan server.',
      remedy: 'Inget: den nya servern slås upp.',
    },
    throttled: { cause: 'SuperOffice ber om färre anrop.', remedy: 'Inget: leveransen väntar så länge.' },
    busy: { cause: 'SuperOffice var upptaget med ett annat anrop.', remedy: WAITS },
    'server-error': { cause: 'SuperOffice svarade med ett eget fel.', remedy: WAITS },
    'script-failed': {
      cause: 'Mottagarskriptet misslyckades medan det kördes.',
      remedy: `Om det håller i sig: ${DEBUG_LOG.charAt(0).toLowerCase()}${DEBUG_LOG.slice(1)}`,
    },
    timeout: { cause: 'SuperOffice svarade inte i tid.', remedy: NOT_TWICE },
    network: { cause: 'SuperOffice kunde inte nås.', remedy: WAITS },
    'answer-broken': { cause: 'Svaret från SuperOffice bröts.', remedy: NOT_TWICE },
    maintenance: {
      cause: 'SuperOffice har underhåll.',
      remedy: 'Inget: leveransen skickas när SuperOffice är tillbaka.',
    },
    'waiting-turn': {
      cause: 'Andra sammanfattningar går först.',
      remedy: 'Inget: var och en skickas i sin tur.',
    },
    'worker-lost': { cause: 'Försöket avbröts innan det var klart.', remedy: WAITS },
    'script-not-reached': {
      cause: 'SuperOffice svarade med en webbsida i stället för mottagarskriptet.',
      remedy: 'Kontrollera nyckeln och include-namnet, och att skriptet tillåter verbet POST.',
    },
    'script-source': {
      cause: 'SuperOffice svarade med skriptets källkod: skriptet är sparat utan sina EJSCRIPT-taggar.',
      remedy: 'Spara mottagarskriptet med %EJSCRIPT_START% och %EJSCRIPT_END% som det levererades.',
    },
    'wrong-script': {
      cause: 'Ett skript svarade, men inte mottagarskriptet för den här tjänsten.',
      remedy: 'Kontrollera include-namnet, och att det aktuella mottagarskriptet är installerat.',
    },
    unauthorized: {
      cause: 'SuperOffice godtog inte nyckeln.',
      remedy: 'Ange mottagarskriptets nyckel igen; den kan ha gått ut eller återkallats.',
    },
    'signature-refused': {
      cause: 'Mottagarskriptet godtog inte anropets signatur.',
      remedy:
        'Ange signeringshemligheten som står i mottagarskriptet igen, tillsammans med nyckeln; eller ta bort den på båda ställena.',
    },
    'not-found': {
      cause: 'SuperOffice känner inte till skriptets adress.',
      remedy: 'Kontrollera kundinstansen och include-namnet.',
    },
    'verb-blocked': {
      cause: 'Mottagarskriptet tillåter inte verbet POST.',
      remedy: 'Kryssa för POST bland mottagarskriptets tillåtna HTTP-verb.',
    },
    'payload-refused': {
      cause: 'Mottagarskriptet godtog inte innehållet i sammanfattningen.',
      remedy: 'Uppdatera mottagarskriptet; om felet kvarstår, anmäl leverans-id:t.',
    },
    'script-refused': { cause: 'Mottagarskriptet godtog inte sammanfattningen.', remedy: DEBUG_LOG },
    redirected: {
      cause: 'SuperOffice svarade med en omdirigering, som aldrig följs.',
      remedy: 'Kontrollera domänprefixet och kundinstansen.',
    },
    'unexpected-status': {
      cause: 'SuperOffice svarade med en status som skriptets adress inte har.',
      remedy: 'Kontrollera domänprefixet och kundinstansen; om felet kvarstår, anmäl leverans-id:t.',
    },
    'tenant-unknown': {
      cause: 'SuperOffice känner inte till kundinstansen.',
      remedy: 'Kontrollera kundinstansen, till exempel ”Cust12345”.',
    },
    'tenant-deleted': {
      cause: 'Den här SuperOffice-kunden är borttagen.',
      remedy: 'Koppla från, eller anslut den kundinstans som används nu.',
    },
    'tenant-suspended': {
      cause: 'Den här SuperOffice-kunden är avstängd.',
      remedy: 'Be SuperOffice häva avstängningen och försök sedan igen.',
    },
    'host-refused': {
      cause: 'SuperOffice-adressen är ingen som tjänsten får anropa.',
      remedy: 'Kontrollera domänprefixet; en driftansvarig kan tillåta fler servrar.',
    },
    'token-unreadable': {
      cause: 'Den sparade nyckeln kan inte längre öppnas.',
      remedy: 'Ange nyckeln igen.',
    },
    paused: { cause: 'Integrationen är pausad.', remedy: 'Återuppta den: då skickas det som väntar.' },
    'retry-window-over': {
      cause: 'SuperOffice kunde inte ta emot sammanfattningen så länge den försökte.',
      remedy: 'Kontrollera att SuperOffice är igång och försök igen.',
    },
  },
  test: {
    'host-refused': {
      cause: 'SuperOffice-adressen är ingen som tjänsten får anropa.',
      remedy:
        'Kontrollera domänprefixet: bara första delen av er SuperOffice-adress, till exempel ”online2”; en driftansvarig kan tillåta fler servrar.',
    },
    'tenant-unknown': {
      cause: 'SuperOffice känner inte till kundinstansen.',
      remedy:
        'Kontrollera kundinstansen, till exempel ”Cust12345”, och att domänprefixet bara är första delen av er SuperOffice-adress.',
    },
    'tenant-suspended': {
      cause: 'Den här SuperOffice-kunden är avstängd.',
      remedy: 'Be SuperOffice häva avstängningen och testa sedan igen.',
    },
    maintenance: { cause: 'SuperOffice har underhåll.', remedy: AGAIN_LATER },
    network: {
      cause: 'SuperOffice kunde inte nås.',
      remedy: 'Kontrollera att SuperOffice är igång och att domänprefixet stämmer; testa sedan igen.',
    },
    timeout: {
      cause: 'SuperOffice svarade inte i tid.',
      remedy: 'Kontrollera att SuperOffice är igång och testa igen.',
    },
    'host-moved': {
      cause: 'SuperOffice har flyttat kunden och säger inte ännu vart.',
      remedy: AGAIN_LATER,
    },
    'server-error': {
      cause: 'SuperOffice svarade med ett eget fel.',
      remedy: 'Kontrollera att SuperOffice är igång och testa igen.',
    },
    'waiting-turn': { cause: 'Ett anrop som fortfarande pågår går före.', remedy: AGAIN_LATER },
    'worker-lost': { cause: 'Testet avbröts innan det var klart.', remedy: 'Testa igen.' },
    throttled: { cause: 'SuperOffice ber om färre anrop.', remedy: AGAIN_LATER },
    busy: { cause: 'SuperOffice var upptaget med ett annat anrop.', remedy: AGAIN_LATER },
    'answer-broken': { cause: 'Svaret från SuperOffice bröts.', remedy: 'Testa igen.' },
    'script-failed': { cause: 'Mottagarskriptet misslyckades medan det kördes.', remedy: DEBUG_LOG },
    'script-not-reached': {
      cause: 'SuperOffice svarade med en webbsida i stället för mottagarskriptet.',
      remedy:
        'Kontrollera nyckeln, som kan vara fel, ha gått ut eller återkallats; sedan include-namnet, och att skriptet tillåter verbet POST.',
    },
    'payload-refused': { cause: 'Mottagarskriptet godtog inte testet.', remedy: CURRENT_SCRIPT },
    'script-refused': {
      cause: 'Mottagarskriptet godtog inte testet.',
      remedy: `${CURRENT_SCRIPT} Om felet kvarstår, titta i SuperOffice felsökningslogg (System design).`,
    },
    'script-ignores-tests': {
      cause: 'Mottagarskriptet tog testet för en sammanfattning.',
      remedy: CURRENT_SCRIPT,
    },
    'script-outdated': {
      cause: 'Mottagarskriptet är äldre än vad tjänsten behöver.',
      remedy: CURRENT_SCRIPT,
    },
    'unexpected-status': {
      cause: 'SuperOffice svarade med en status som skriptets adress inte har.',
      remedy: 'Kontrollera domänprefixet och kundinstansen.',
    },
  },
  notice: {
    maintenance: {
      cause: 'SuperOffice har underhåll.',
      remedy: 'Inget: anslutningen är sparad, och sammanfattningar skickas när SuperOffice är tillbaka.',
    },
    'state-api-away': {
      cause: 'SuperOffice säger inte just nu om det känner till kundinstansen.',
      remedy: 'Anslutningen är sparad; kör ett test för att se om den fungerar.',
    },
  },
  unknown: (code) => ({
    cause: `Leveransen misslyckades (${code}).`,
    remedy: 'Försök igen, eller anmäl leverans-id:t.',
  }),
};
