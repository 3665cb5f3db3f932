/** Search attribute: the tenant of a workflow. */
export const tenantIdAttribute = { name: 'TenantId', type: 'KEYWORD' } as const;

/**
 * Search attribute: where a delivery stands, as far as it can be told without an event for each delivery that goes
 * well. A workflow starts as `delivering` and changes the attribute only when it takes another course, so a
 * completed workflow that still says `delivering` is delivered.
 */
export const deliveryStateAttribute = { name: 'DeliveryState', type: 'KEYWORD' } as const;

/** Search attribute: why a delivery is parked, or what stops all deliveries of a tenant: a code. */
export const troubleAttribute = { name: 'Trouble', type: 'KEYWORD' } as const;

/** `DeliveryState` of a delivery that arrived, and matched nobody in SuperOffice. */
export const NO_MATCH = 'no-match';

/**
 * Begins each summary that people read in the Temporal UI. What begins so is not encrypted, so that it can be read
 * there: ids and fixed words only.
 */
export const PLAIN_SUMMARY_PREFIX = 'SuperOffice: ';

/** A summary of a workflow, an activity or a timer, for people. */
export function summaryFor(text: string): string {
  return PLAIN_SUMMARY_PREFIX + text;
}

/** Memo field of a delivery that is or was parked: a `ParkReason`. */
export const PARKED_MEMO = 'parked';
/** Memo field of a delivery that is or was parked: how many attempts were made until then. */
export const ATTEMPTS_MEMO = 'attempts';
