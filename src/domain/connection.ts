import type { PermanentTrouble } from './diagnosis.js';

/** Include name of the receiver script when the connection names none. */
export const DEFAULT_INCLUDE_ID = 'dci-receive-summary';

/** SuperOffice's base time zone for most of DCI's customers. */
export const DEFAULT_TIME_ZONE = 'Europe/Stockholm';

/** A tenant's link to SuperOffice, without its secret. */
export interface Connection {
  tenantId: string;
  domainPrefix: string;
  customerInstance: string;
  includeId: string;
  timeZone: string;
  /** The last characters of the token, by which an admin knows it again; null where it is too short for that. */
  tokenHint: string | null;
  enabled: boolean;
  /** Where SuperOffice last said that the customer lives: `https://online2.superoffice.com/Cust12345`. */
  endpoint: string | null;
  /** Grows whenever what was refused before may pass now: a reconnect, a resume, a recovery. */
  epoch: number;
  /** The trouble (a code) that stops every delivery until it is mended; null while all is well. */
  attentionCode: string | null;
  attentionSince: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/**
 * Why deliveries of a tenant are held back without a call; null where they may go out.
 *
 * @param insist somebody wants one tried, even while the tenant is in trouble
 */
export function holdOf(
  { enabled, attentionCode }: Pick<Connection, 'enabled' | 'attentionCode'>,
  insist: boolean,
): PermanentTrouble | null {
  if (!enabled) return 'paused';
  return insist ? null : (attentionCode as PermanentTrouble | null);
}

/** A connection with its secrets, still sealed. */
export interface SealedConnection extends Connection {
  /** The token key: the key of the receiver script. */
  sealedToken: string;
  /** What requests are signed with; null: they go unsigned. */
  sealedSigningSecret: string | null;
}
