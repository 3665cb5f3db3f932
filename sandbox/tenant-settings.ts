import { z } from 'zod';
import { SHIPPED_VERSION } from './installed-script.js';
import { associateSchema, companySchema, contactSchema } from './crm.js';

/** States of a tenant (docs: check-status.mdx). */
export const tenantStates = [
  'Unknown',
  'Provisioning',
  'Running',
  'Deleted',
  'Suspended',
  'OnlineMaintenance',
  'OfflineMaintenance',
  'ProvisioningFailed',
  'Deleting',
  'DeleteFailed',
  'MigrationPending',
] as const;
export type TenantState = (typeof tenantStates)[number];

/** A domain prefix, such as `online2`. */
export const hostSchema = z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);

/** What can be set about a tenant. */
export const tenantSettingsSchema = z.strictObject({
  includeId: z.string().min(1),
  key: z.string().min(1),
  /** Domain prefix of the host where the tenant really lives. */
  host: hostSchema,
  state: z.enum(tenantStates),
  /** How far ahead the state API's `ValidUntil` lies, in milliseconds. */
  validForMs: z.int().nonnegative(),
  /** Whether the script is saved with %EJSCRIPT_START% and %EJSCRIPT_END%. */
  scriptHasTags: z.boolean(),
  scriptVersion: z.string(),
  /** The secret that stands in the script; empty: signatures are not looked at. */
  signingSecret: z.string(),
  /** HTTP methods that are not ticked for the script (docs: ejscript.blocked_verbs). */
  blockedVerbs: z.array(z.string().toUpperCase()),
  /** What a blocked verb answers is not documented: a page, or said properly. */
  blockedVerbStatus: z.union([z.literal(200), z.literal(405)]),
  /** More calls than this within a second answer 429; null: no limit. */
  throttlePerSecond: z.int().positive().nullable(),
  companies: z.array(companySchema),
  contacts: z.array(contactSchema),
  associates: z.array(associateSchema),
  /** The script's constant of that name: owns records where no colleague is known from the meeting; 0: off. */
  fallbackOwnerId: z.int().nonnegative(),
});

export type TenantSettings = z.output<typeof tenantSettingsSchema>;

/** Some of the settings; the others stay as they are. */
export const tenantPatchSchema = tenantSettingsSchema.partial();
export type TenantPatch = z.output<typeof tenantPatchSchema>;

/** A tenant about whom nothing is said: running, with an empty CRM. */
export function defaultSettings(): TenantSettings {
  return {
    includeId: 'dci-receive-summary',
    key: 'sandbox-key',
    host: 'online2',
    state: 'Running',
    validForMs: 60_000,
    scriptHasTags: true,
    scriptVersion: SHIPPED_VERSION,
    signingSecret: '',
    blockedVerbs: [],
    blockedVerbStatus: 200,
    throttlePerSecond: null,
    companies: [],
    contacts: [],
    associates: [],
    fallbackOwnerId: 0,
  };
}
