import { boolean, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** One row a tenant: its link to SuperOffice. Deliveries are Temporal's; no table has to agree with them. */
export const connections = pgTable('connections', {
  tenantId: text('tenant_id').primaryKey(),
  domainPrefix: text('domain_prefix').notNull(),
  customerInstance: text('customer_instance').notNull(),
  includeId: text('include_id').notNull(),
  timeZone: text('time_zone').notNull(),
  /** A compact JWE, bound to the tenant. */
  sealedToken: text('sealed_token').notNull(),
  enabled: boolean('enabled').notNull().default(true),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
});
