import {
  bigint,
  boolean,
  doublePrecision,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** One row a tenant: its link to SuperOffice. Deliveries are Temporal's; no table has to agree with them. */
export const connections = pgTable('connections', {
  tenantId: text('tenant_id').primaryKey(),
  domainPrefix: text('domain_prefix').notNull(),
  customerInstance: text('customer_instance').notNull(),
  includeId: text('include_id').notNull(),
  timeZone: text('time_zone').notNull(),
  /** A compact JWE, bound to the tenant. */
  sealedToken: text('sealed_token').notNull(),
  /** A compact JWE of the secret that signs requests, bound to the tenant; without it they go unsigned. */
  sealedSigningSecret: text('sealed_signing_secret'),
  /** Beside it, so that it need not be opened for this. */
  tokenHint: text('token_hint'),
  enabled: boolean('enabled').notNull().default(true),
  /** Where SuperOffice last said that the customer lives; a hint for when its state API is away. */
  endpoint: text('endpoint'),
  /**
   * Grows whenever what was refused before may pass now: a reconnect, a resume, a recovery. In milliseconds since
   * 1970, so that it grows over a disconnect too.
   */
  epoch: bigint('epoch', { mode: 'number' }).notNull().default(0),
  /** The trouble that stops every delivery of the tenant until a person or a probe finds it mended. */
  attentionCode: text('attention_code'),
  attentionSince: instant('attention_since'),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

/** One row a tenant: when its next call to SuperOffice may start. Lost, it is made anew; only pacing suffers. */
export const pacing = pgTable('pacing', {
  tenantId: text('tenant_id').primaryKey(),
  lastStartAt: instant('last_start_at'),
  /** Of the next delivery that joins the line. */
  nextTicket: bigint('next_ticket', { mode: 'number' }).notNull().default(1),
  /** How long calls take, a moving mean in milliseconds: calls that outlast the interval space the line out. */
  callMs: doublePrecision('call_ms').notNull().default(0),
});

/** A place in a tenant's line: waiting, or calling as long as `lease_until` has not passed. */
export const turns = pgTable(
  'turns',
  {
    tenantId: text('tenant_id').notNull(),
    deliveryId: text('delivery_id').notNull(),
    /** Those with lower tickets are before it in the line. */
    ticket: bigint('ticket', { mode: 'number' }).notNull().default(0),
    /** When its turn is expected to come, while it waits; when the call started, afterwards. */
    dueAt: instant('due_at').notNull(),
    leaseUntil: instant('lease_until'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.deliveryId] })],
);

/** The newest revision of each meeting's summary, so that an older one that still waits gives way. */
export const revisions = pgTable(
  'revisions',
  {
    tenantId: text('tenant_id').notNull(),
    /** A digest of DCI's meeting id. */
    meetingKey: text('meeting_key').notNull(),
    deliveryId: text('delivery_id').notNull(),
    /** The delivery that was the newest before, so that it is told to give way even if a worker dies before it was. */
    previousDeliveryId: text('previous_delivery_id'),
    revision: integer('revision').notNull(),
    writtenAt: instant('written_at').notNull(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.meetingKey] })],
);

/** One row a tenant: what is needed to take DCI's webhooks. */
export const dciHooks = pgTable('dci_hooks', {
  tenantId: text('tenant_id').primaryKey(),
  /** Compact JWEs, newest first: two while a secret is exchanged. */
  sealedSecrets: text('sealed_secrets').array().notNull(),
  /** A compact JWE of the token of DCI's API; without it no recording link is looked up. */
  sealedApiToken: text('sealed_api_token'),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});
