/** What is wrong and what to do, in words for the customer's admin and for operators. */
export interface Diagnosis {
  cause: string;
  remedy: string;
}

/** Troubles that pass by themselves: the delivery is tried again. */
export const transientTroubles = {
  'host-moved': {
    cause: 'SuperOffice moved the customer to another host.',
    remedy: 'Nothing: the new host is looked up.',
  },
  throttled: { cause: 'SuperOffice asks for fewer calls.', remedy: 'Nothing: the delivery waits as asked.' },
  busy: {
    cause: 'SuperOffice was busy with another request.',
    remedy: 'Nothing: the delivery is tried again.',
  },
  'server-error': {
    cause: 'SuperOffice answered with an error of its own.',
    remedy: 'Nothing: the delivery is tried again.',
  },
  'script-failed': {
    cause: 'The receiver script failed while it ran.',
    remedy: "If it lasts, look in SuperOffice's debug log (System design) for lines of the receiver script.",
  },
  timeout: {
    cause: 'SuperOffice did not answer in time.',
    remedy: 'Nothing: the delivery is tried again; what had arrived is not filed twice.',
  },
  network: { cause: 'SuperOffice could not be reached.', remedy: 'Nothing: the delivery is tried again.' },
  'answer-broken': {
    cause: "SuperOffice's answer broke off.",
    remedy: 'Nothing: the delivery is tried again; what had arrived is not filed twice.',
  },
  maintenance: {
    cause: 'SuperOffice is under maintenance.',
    remedy: 'Nothing: the delivery goes out when SuperOffice is back.',
  },
  'waiting-turn': {
    cause: 'Other summaries of this customer go first.',
    remedy: 'Nothing: each goes out in its turn.',
  },
  'worker-lost': {
    cause: 'The attempt was cut off before it ended.',
    remedy: 'Nothing: the delivery is tried again.',
  },
} as const satisfies Record<string, Diagnosis>;

/** Troubles that need a person: the delivery is parked. */
export const permanentTroubles = {
  'script-not-reached': {
    cause: 'SuperOffice answered with a web page instead of the receiver script.',
    remedy: 'Check the token key and the include name, and that the script allows the verb POST.',
  },
  'script-source': {
    cause:
      "SuperOffice answered with the script's source code: the script is saved without its EJSCRIPT tags.",
    remedy: 'Save the receiver script with %EJSCRIPT_START% and %EJSCRIPT_END% as delivered.',
  },
  'wrong-script': {
    cause: 'A script answered, but not the receiver script of this service.',
    remedy: 'Check the include name, and that the current receiver script is installed.',
  },
  unauthorized: {
    cause: 'SuperOffice refused the token key.',
    remedy: 'Enter the key of the receiver script again; it may have expired or been revoked.',
  },
  'signature-refused': {
    cause: 'The receiver script refused the signature of the request.',
    remedy:
      'Enter the signing secret that stands in the receiver script again, with the token key; or take it out in both places.',
  },
  'not-found': {
    cause: 'SuperOffice does not know the address of the script.',
    remedy: 'Check the customer instance and the include name.',
  },
  'verb-blocked': {
    cause: 'The receiver script does not allow the verb POST.',
    remedy: 'Tick POST among the allowed HTTP verbs of the receiver script.',
  },
  'payload-refused': {
    cause: 'The receiver script refused the content of this summary.',
    remedy: 'Update the receiver script; if it stays so, report the delivery id.',
  },
  'script-refused': {
    cause: 'The receiver script refused this summary.',
    remedy: "Look in SuperOffice's debug log (System design) for lines of the receiver script.",
  },
  redirected: {
    cause: 'SuperOffice answered with a redirect, which is never followed.',
    remedy: 'Check the domain prefix and the customer instance.',
  },
  'unexpected-status': {
    cause: 'SuperOffice answered with a status that the script endpoint does not have.',
    remedy: 'Check the domain prefix and the customer instance; if it stays so, report the delivery id.',
  },
  'tenant-unknown': {
    cause: 'SuperOffice does not know this customer instance.',
    remedy: 'Check the customer instance, such as "Cust12345".',
  },
  'tenant-deleted': {
    cause: 'This SuperOffice customer was deleted.',
    remedy: 'Disconnect, or connect the customer instance in use now.',
  },
  'tenant-suspended': {
    cause: 'This SuperOffice customer is suspended.',
    remedy: 'Ask SuperOffice to lift the suspension, then retry.',
  },
  'host-refused': {
    cause: 'The address of SuperOffice is not one that this service may call.',
    remedy: 'Check the domain prefix; an operator can allow further hosts by configuration.',
  },
  'token-unreadable': {
    cause: 'The stored token key can no longer be opened.',
    remedy: 'Enter the token key again, and the signing secret where there is one.',
  },
  paused: {
    cause: 'The integration is paused.',
    remedy: 'Resume it: what waits then goes out.',
  },
  'retry-window-over': {
    cause: 'SuperOffice could not take the summary during the whole retry window.',
    remedy: 'Check that SuperOffice is up, then retry.',
  },
} as const satisfies Record<string, Diagnosis>;

export type TransientTrouble = keyof typeof transientTroubles;
export type PermanentTrouble = keyof typeof permanentTroubles;

/** Cause and remedy of a code, in one text. */
export function wordsOf(code: string): string {
  const { cause, remedy } = diagnosisOf(code);
  return `${cause} ${remedy}`;
}

/** Troubles of one summary; every other permanent trouble stops all deliveries of its tenant. */
const troublesOfOneDelivery: ReadonlySet<PermanentTrouble> = new Set([
  'payload-refused',
  'script-refused',
  'unexpected-status',
  'retry-window-over',
  'paused',
]);

/** Whether a trouble lies in the connection, so that the tenant's other deliveries would meet it as well. */
export function isTenantTrouble(code: PermanentTrouble): boolean {
  return !troublesOfOneDelivery.has(code);
}

/** The words for a code. An unknown code (an older history) still gets an answer. */
export function diagnosisOf(code: string): Diagnosis {
  const known: Record<string, Diagnosis> = { ...transientTroubles, ...permanentTroubles };
  const diagnosis = Object.hasOwn(known, code) ? known[code] : undefined;
  return (
    diagnosis ?? { cause: `The delivery failed (${code}).`, remedy: 'Retry, or report the delivery id.' }
  );
}
