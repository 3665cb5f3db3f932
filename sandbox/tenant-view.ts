import type { Fault } from './faults.js';
import type { TenantSettings } from './tenant-settings.js';
import type { Tenant } from './tenants.js';

/** A tenant as the admin API shows it: all settings but the secrets. */
export interface TenantView extends Omit<TenantSettings, 'key' | 'signingSecret'> {
  customerInstance: string;
  faults: Fault[];
  records: number;
}

export function describeTenant(tenant: Tenant): TenantView {
  return {
    customerInstance: tenant.customerInstance,
    includeId: tenant.includeId,
    host: tenant.host,
    state: tenant.state,
    validForMs: tenant.validForMs,
    scriptHasTags: tenant.scriptHasTags,
    scriptVersion: tenant.scriptVersion,
    blockedVerbs: tenant.blockedVerbs,
    blockedVerbStatus: tenant.blockedVerbStatus,
    throttlePerSecond: tenant.throttlePerSecond,
    companies: tenant.companies,
    contacts: tenant.contacts,
    associates: tenant.associates,
    fallbackOwnerId: tenant.fallbackOwnerId,
    faults: tenant.faults,
    records: tenant.records.length,
  };
}
