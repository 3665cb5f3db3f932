import type { SealedConnection } from './connection.js';
import type { Diagnosis, PermanentTrouble } from './diagnosis.js';

/** What `ConnectSuperOffice` starts with: the secrets come sealed, and no workflow can open them. */
export type ConnectInput = Pick<
  SealedConnection,
  'tenantId' | 'domainPrefix' | 'customerInstance' | 'includeId' | 'timeZone' | 'sealedToken'
> & {
  sealedSigningSecret?: string;
  /** The end of a token that is long enough. */
  tokenHint?: string;
};

/** Why a customer's SuperOffice takes no connection: it never will, or not before a person changed something. */
export type RefusalCode = Extract<PermanentTrouble, `tenant-${string}` | 'host-refused'>;

/** What an admin should know of a connection that was stored all the same. */
export type ConnectNotice = 'maintenance' | 'state-api-away';

/** The words for a notice. */
export const noticeDiagnoses: Record<ConnectNotice, Diagnosis> = {
  maintenance: {
    cause: 'SuperOffice is under maintenance.',
    remedy: 'Nothing: the connection is stored, and summaries go out when SuperOffice is back.',
  },
  'state-api-away': {
    cause: 'SuperOffice does not tell right now whether it knows this customer instance.',
    remedy: 'The connection is stored; run a test to see whether it works.',
  },
};

/** How `ConnectSuperOffice` ends. Refused, the earlier connection stays as it was. */
export type ConnectOutcome =
  { state: 'connected'; notice?: ConnectNotice } | { state: 'refused'; code: RefusalCode };

/** How `DisconnectSuperOffice` ends: how many deliveries, under way or parked, were cancelled with it. */
export interface DisconnectOutcome {
  state: 'disconnected';
  cancelledDeliveries: number;
}

/** How `DeleteTenant` ends. */
export interface DeleteTenantOutcome {
  state: 'deleted';
  cancelledDeliveries: number;
  /** Closed workflows whose histories were deleted. */
  deletedWorkflows: number;
  /** Rows of the database. */
  deletedRows: number;
}
