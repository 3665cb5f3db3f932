/** Stands for every tenant beyond the first so many. */
const OTHER = 'other';

/** How figures name tenants. */
export interface TenantLabelOptions {
  /** Whether they do at all: each tenant is a series more for each of the counters' codes. */
  enabled: boolean;
  /** So many distinct tenants are told apart; a label of unbounded values would grow for ever. */
  maximumTenants: number;
}

/** The label of a counter that may name tenants: absent, the tenant, or `other`. */
export interface TenantLabel {
  names: readonly ['tenant'] | readonly [];
  of(tenantId: string): { tenant?: string };
}

/** A bounded label: the first tenants that this process hears of get a value each, all later ones share one. */
export function createTenantLabel({ enabled, maximumTenants }: TenantLabelOptions): TenantLabel {
  if (!enabled) return { names: [], of: () => ({}) };
  const known = new Set<string>();
  return {
    names: ['tenant'],
    of(tenantId) {
      if (known.size < maximumTenants) known.add(tenantId);
      return { tenant: known.has(tenantId) ? tenantId : OTHER };
    },
  };
}
