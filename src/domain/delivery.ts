import type { Summary } from './summary.js';

/**
 * What the receiver script did with a summary. `no-match`: no participant is known in SuperOffice, nothing was filed.
 * `accepted`: it took the summary, and says how in a word that this version does not know.
 */
export const deliveryResults = ['created', 'updated', 'duplicate', 'no-match', 'accepted'] as const;
export type DeliveryResult = (typeof deliveryResults)[number];

/**
 * Where a delivery stands. `delivering` includes waiting for the next attempt. `superseded`: a newer summary of the
 * same meeting took its place. `expired`: it was parked for so long that it was given up.
 */
export const deliveryStates = [
  'delivering',
  'parked',
  'delivered',
  'skipped',
  'cancelled',
  'superseded',
  'expired',
  'failed',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why a summary is not pushed, though nothing is wrong. */
export type SkipReason = 'no-summary' | 'not-connected' | 'disabled';

/** SuperOffice's receipt for one delivery. */
export interface Receipt {
  result: DeliveryResult;
  /** Id of the record (appointment) in SuperOffice. */
  recordId?: string;
  /** Persons in SuperOffice whom the participants' e-mail addresses matched. */
  matchedContacts?: number;
  matchedCompanies?: number;
}

/** How a `DeliverSummary` workflow ends. */
export type DeliveryOutcome =
  | ({ state: 'delivered'; attempts: number } & Receipt)
  | { state: 'skipped'; reason: SkipReason }
  | { state: 'expired'; parked: ParkReason }
  | { state: 'cancelled' }
  | { state: 'superseded' };

/** Why a delivery is parked, in codes only: safe for logs, memos and the Temporal UI. */
export interface ParkReason {
  /** What went wrong (`domain/diagnosis.ts` has the words for it). */
  code: string;
  /** The transient trouble that lasted until the retry window was over. */
  lastCode?: string;
  /** HTTP status of the last answer. */
  status?: number;
  /** No call was made: the trouble is the tenant's, and known already. */
  held?: boolean;
}

/** Where the link to a meeting's recording is to be looked up. */
export interface RecordingLookup {
  /** DCI's id of the conversation. */
  conversationId: string;
  /** After this time, in milliseconds, the summary goes out without the link. */
  windowMs: number;
}

/** What a `DeliverSummary` workflow starts with. */
export interface DeliverSummaryInput {
  tenantId: string;
  deliveryId: string;
  summary: Summary;
  /** A person wants it filed once more, whatever SuperOffice has of it. */
  force?: boolean;
  /** Only for a summary that came by DCI's webhook, which brings no link. */
  recording?: RecordingLookup;
}

/**
 * Who asks a parked delivery to start again. `person`: somebody wants this one tried, even while its tenant is in
 * trouble. `all`: somebody wants everything of the tenant tried. `recovery`: the service, once the trouble is over.
 */
export type RetryRequester = 'person' | 'all' | 'recovery';

/** Where a running `DeliverSummary` stands, as its `status` query answers. */
export interface DeliveryProgress {
  state: 'delivering' | 'parked';
  /** Attempts of the rounds that are over; those of the round under way are the pending activity's. */
  attempts: number;
  parked?: ParkReason;
}

/** What `pushSummary` remembers from attempt to attempt, as its heartbeat's details. */
export interface PushProgress {
  /** Calls made so far, the one under way included. */
  calls: number;
}
