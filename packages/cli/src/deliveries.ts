import type { Delivery, DeliveryListItem, DeliveryState } from '@dci-superoffice/client';
import type { Output } from './output.js';
import { count, localTime } from './words.js';

const colours: Record<DeliveryState, Parameters<Output['style']>[0]> = {
  delivering: 'cyan',
  parked: 'red',
  delivered: 'green',
  skipped: 'gray',
  cancelled: 'gray',
  superseded: 'gray',
  expired: 'red',
  failed: 'red',
};

/** A state in its colour. */
export function stateWords(output: Output, state: DeliveryState): string {
  return output.style(colours[state], state);
}

/** One delivery in a line: when, where it stands, which, and what is known of it. */
export function deliveryLine(output: Output, delivery: Delivery): string[] {
  const { deliveryId, state, acceptedAt, endedAt } = delivery;
  return [
    localTime(endedAt ?? acceptedAt),
    stateWords(output, state),
    output.style('dim', deliveryId),
    factsOf(delivery),
  ];
}

/** What is known of a delivery beyond its state. */
function factsOf({
  result,
  recordId,
  matchedContacts,
  attempts,
  lastFailure,
  nextAttemptAt,
  skipReason,
}: Delivery): string {
  const facts = [
    result,
    recordId !== undefined && `record ${recordId}`,
    matchedContacts !== undefined && count(matchedContacts, 'contact'),
    attempts > 0 && count(attempts, 'attempt'),
    skipReason,
    lastFailure && `${lastFailure.code}: ${lastFailure.cause}`,
    nextAttemptAt !== undefined && `next attempt ${localTime(nextAttemptAt)}`,
  ];
  return facts.filter((fact) => typeof fact === 'string').join(', ');
}

/** Everything that is known of one delivery, a line each. */
export function deliveryRows(output: Output, delivery: Delivery): string[][] {
  const { lastFailure } = delivery;
  const rows: [string, string | number | undefined][] = [
    ['delivery', delivery.deliveryId],
    ['state', stateWords(output, delivery.state)],
    ['accepted', localTime(delivery.acceptedAt)],
    ['ended', delivery.endedAt && localTime(delivery.endedAt)],
    ['attempts', delivery.attempts],
    ['next attempt', delivery.nextAttemptAt && localTime(delivery.nextAttemptAt)],
    ['result', delivery.result],
    ['record', delivery.recordId],
    ['contacts', delivery.matchedContacts],
    ['companies', delivery.matchedCompanies],
    ['skipped', delivery.skipReason],
    ['trouble', lastFailure?.code],
    ['cause', lastFailure?.cause],
    ['remedy', lastFailure && output.style('bold', lastFailure.remedy)],
  ];
  return rows.flatMap(([name, value]) =>
    value === undefined ? [] : [[output.style('dim', name), String(value)]],
  );
}

/** Tells two looks at the same delivery apart. */
export function fingerprintOf({ state, result, trouble }: DeliveryListItem): string {
  return [state, result, trouble].join(' ');
}
