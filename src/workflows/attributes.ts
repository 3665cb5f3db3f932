/** Search attribute: the tenant of a workflow. */
export const tenantIdAttribute = { name: 'TenantId', type: 'KEYWORD' } as const;

/**
 * Search attribute: where a delivery stands, as far as it can be told without an event for each delivery that goes
 * well. A workflow starts as `delivering` and changes the attribute only when it takes another course, so a
 * completed workflow that still says `delivering` is delivered.
 */
export const deliveryStateAttribute = { name: 'DeliveryState', type: 'KEYWORD' } as const;

/** Memo field of a delivery that is or was parked: a `ParkReason`. */
export const PARKED_MEMO = 'parked';
/** Memo field of a delivery that is or was parked: how many attempts were made until then. */
export const ATTEMPTS_MEMO = 'attempts';
