import { z } from 'zod';

/** Include name of the receiver script when the connection names none. */
export const DEFAULT_INCLUDE_ID = 'dci-receive-summary';

/** SuperOffice's base time zone for most of DCI's customers. */
export const DEFAULT_TIME_ZONE = 'Europe/Stockholm';

const domainPrefix = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'Give only the subdomain of your SuperOffice address: "online2", not "https://online2.superoffice.com".',
  );

const customerInstance = z
  .string()
  .trim()
  .regex(/^cust\d{1,10}$/i, 'Give the customer instance as in your SuperOffice address, such as "Cust12345".')
  .transform((instance) => `Cust${instance.slice('Cust'.length)}`);

/** SuperOffice keeps a script's key in 255 characters (docs: database, ejscript.access_key). */
const token = z
  .string()
  .trim()
  .min(1, 'Give the key of the receiver script in SuperOffice.')
  .max(255, 'The key of a SuperOffice script has at most 255 characters.')
  .regex(/^[^\p{Cc}]*$/u, 'The key must not contain control characters.');

/** Include name of the script (docs: database, ejscript.include_id, 255 characters). */
const includeId = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}]*$/u, 'The include name must not contain control characters.');

const timeZone = z
  .string()
  .trim()
  .refine(isTimeZone, 'Give a time zone of the IANA database, such as "Europe/Stockholm".');

/** What an admin enters to connect a tenant to SuperOffice. */
export const connectionInputSchema = z.object({
  domainPrefix,
  customerInstance,
  token,
  includeId: includeId.default(DEFAULT_INCLUDE_ID),
  timeZone: timeZone.default(DEFAULT_TIME_ZONE),
});

/** A tenant's link to SuperOffice, without its secret. */
export interface Connection {
  tenantId: string;
  domainPrefix: string;
  customerInstance: string;
  includeId: string;
  timeZone: string;
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

/** A connection with its token key, still sealed. */
export interface SealedConnection extends Connection {
  sealedToken: string;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
