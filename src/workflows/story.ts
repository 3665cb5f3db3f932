import type { DeliveryOutcome, ParkReason, SkipReason } from '../domain/delivery.js';
import { NO_MATCH } from './attributes.js';

// What a delivery's current details say in the Temporal UI, in Markdown: not encrypted, so ids, counts and fixed words.

const WHERE_TO_LOOK =
  'While a call has failed, *Pending Activities* shows how many there were, why the last one failed, and when the next is due.';

/** Under way. */
export function tellDelivering(): string {
  return `**Delivering**: SuperOffice is called until it takes the summary.\n\n${WHERE_TO_LOOK}`;
}

/** Under way once more. */
export function tellDeliveringAgain(): string {
  return `**Delivering** again, after it was parked.\n\n${WHERE_TO_LOOK}`;
}

/**
 * Waiting for somebody.
 *
 * @param words cause and remedy
 */
export function tellParked({ code, held = false }: ParkReason, words: string, attempts: number): string {
  const calls = held
    ? 'It waits with all others of the tenant, and starts again when the trouble is over.'
    : `Calls made: ${String(attempts)}.`;
  return `**Parked** (\`${code}\`): ${words} ${calls}\n\nSignal \`retry\` when it is mended, \`cancel\` to give up.`;
}

const skipped: Record<SkipReason, string> = {
  'no-summary': 'the meeting has no summary.',
  'not-connected': 'the tenant is not connected to SuperOffice. Connect it, and submit the summary again.',
  disabled: 'the integration was paused before the summary came. Resume it, and submit the summary again.',
};

/** How it ended. */
export function tellOutcome(outcome: DeliveryOutcome): string {
  switch (outcome.state) {
    case 'delivered':
      return tellReceipt(outcome);
    case 'skipped':
      return `**Skipped**: ${skipped[outcome.reason]}`;
    case 'expired':
      return `**Expired** (\`${outcome.parked.code}\`): it was parked for so long that it was given up. Resend it by the API as long as this history is kept.`;
    case 'cancelled':
      return '**Cancelled**: somebody gave it up, or disconnected the tenant. What is in SuperOffice already stays there.';
    case 'superseded':
      return '**Superseded**: a newer summary of the meeting takes its place.';
  }
}

function tellReceipt({
  result,
  recordId,
  matchedContacts,
  attempts,
}: Extract<DeliveryOutcome, { state: 'delivered' }>): string {
  const calls = `Calls made: ${String(attempts)}.`;
  if (result === NO_MATCH) {
    return `**Delivered, and matched nobody**: no participant is known in SuperOffice by e-mail, so nothing was filed. ${calls}\n\nResend it by the API once the contact exists.`;
  }
  const record = recordId === undefined ? '' : ` Record in SuperOffice: ${recordId}.`;
  const contacts = matchedContacts === undefined ? '' : ` Contacts: ${String(matchedContacts)}.`;
  return `**Delivered** (\`${result}\`).${record}${contacts} ${calls}`;
}
