import type { Tenant } from './tenants.js';

/**
 * Whether a call is one too many for its second. SuperOffice says that it throttles, and neither how nor at what
 * rate, so the rate is a setting.
 *
 * @param now in milliseconds since the epoch
 */
export function isThrottled(tenant: Pick<Tenant, 'throttlePerSecond' | 'admittedAt'>, now: number): boolean {
  if (tenant.throttlePerSecond === null) return false;
  tenant.admittedAt = tenant.admittedAt.filter((at) => now - at < 1000);
  if (tenant.admittedAt.length >= tenant.throttlePerSecond) return true;
  tenant.admittedAt.push(now);
  return false;
}
