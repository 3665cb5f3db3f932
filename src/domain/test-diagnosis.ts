import type { Diagnosis } from './diagnosis.js';

const AGAIN_LATER = 'Test again in a few minutes; summaries wait meanwhile, and none is lost.';

/** Where an admin who tests reads other words than under a delivery: nothing is tried again by itself. */
export const testDiagnoses = {
  'host-refused': {
    cause: 'The address of SuperOffice is not one that this service may call.',
    remedy:
      'Check the domain prefix: only the subdomain of your SuperOffice address, such as "online2"; an operator can allow further hosts by configuration.',
  },
  'tenant-unknown': {
    cause: 'SuperOffice does not know this customer instance.',
    remedy:
      'Check the customer instance, such as "Cust12345", and that the domain prefix is only the subdomain of your SuperOffice address.',
  },
  'tenant-suspended': {
    cause: 'This SuperOffice customer is suspended.',
    remedy: 'Ask SuperOffice to lift the suspension, then test again.',
  },
  maintenance: { cause: 'SuperOffice is under maintenance.', remedy: AGAIN_LATER },
  network: {
    cause: 'SuperOffice could not be reached.',
    remedy: 'Check that SuperOffice is up, and that the domain prefix is right; then test again.',
  },
  timeout: {
    cause: 'SuperOffice did not answer in time.',
    remedy: 'Check that SuperOffice is up, then test again.',
  },
  'host-moved': {
    cause: 'SuperOffice has moved the customer, and does not say yet where to.',
    remedy: AGAIN_LATER,
  },
  'server-error': {
    cause: 'SuperOffice answered with an error of its own.',
    remedy: 'Check that SuperOffice is up, then test again.',
  },
  'waiting-turn': {
    cause: 'A call that is still under way takes the turn.',
    remedy: AGAIN_LATER,
  },
  'worker-lost': { cause: 'The test was cut off before it ended.', remedy: 'Test again.' },
  throttled: { cause: 'SuperOffice asks for fewer calls.', remedy: AGAIN_LATER },
  busy: { cause: 'SuperOffice was busy with another request.', remedy: AGAIN_LATER },
  'answer-broken': { cause: "SuperOffice's answer broke off.", remedy: 'Test again.' },
  'script-failed': {
    cause: 'The receiver script failed while it ran.',
    remedy: "Look in SuperOffice's debug log (System design) for lines of the receiver script.",
  },
  'script-not-reached': {
    cause: 'SuperOffice answered with a web page instead of the receiver script.',
    remedy:
      'Check the token key, which may be wrong, expired or revoked; then the include name, and that the script allows the verb POST.',
  },
  'payload-refused': {
    cause: 'The receiver script refused the test.',
    remedy: 'Install the current receiver script in SuperOffice.',
  },
  'script-refused': {
    cause: 'The receiver script refused the test.',
    remedy:
      "Install the current receiver script in SuperOffice; if it stays so, look in SuperOffice's debug log (System design).",
  },
  'script-ignores-tests': {
    cause: 'The receiver script took the test for a summary.',
    remedy: 'Install the current receiver script in SuperOffice.',
  },
  'script-outdated': {
    cause: 'The receiver script is older than this service needs.',
    remedy: 'Install the current receiver script in SuperOffice.',
  },
  'unexpected-status': {
    cause: 'SuperOffice answered with a status that the script endpoint does not have.',
    remedy: 'Check the domain prefix and the customer instance.',
  },
} satisfies Record<string, Diagnosis>;

/** The troubles that have words of their own for a test. */
export type TestDiagnosed = keyof typeof testDiagnoses;
