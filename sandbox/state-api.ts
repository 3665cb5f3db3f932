import { isRunning, type Tenant } from './tenants.js';

/** The answer of the state API (docs: check-status.mdx). */
export interface StateAnswer {
  ContextIdentifier: string;
  /** Where the tenant lives now, such as `https://online2.superoffice.com/Cust12345`. */
  Endpoint: string;
  State: string;
  IsRunning: boolean;
  /** ISO 8601 in UTC with .NET's seven decimals: "When to check next time". */
  ValidUntil: string;
  Api: string;
  Version: string;
}

/**
 * @param domain with its port, such as `superoffice.localhost:8443`
 * @param now in milliseconds since the epoch
 */
export function describeState(tenant: Tenant, domain: string, now: number): StateAnswer {
  const endpoint = `https://${tenant.host}.${domain}/${tenant.customerInstance}`;
  return {
    ContextIdentifier: tenant.customerInstance,
    Endpoint: endpoint,
    State: tenant.state,
    IsRunning: isRunning(tenant.state),
    ValidUntil: new Date(now + tenant.validForMs).toISOString().replace('Z', '0000Z'),
    Api: `${endpoint}/api`,
    Version: 'Release_11.10_2026.02.24-02',
  };
}
