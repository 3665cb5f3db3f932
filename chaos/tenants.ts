import { createClient, type TenantClient } from '@dci-superoffice/client';
import { inParallel } from '../demo/in-parallel.js';
import { sampleCrm } from '../sandbox/sample-crm.js';
import type { Tenant as SuperOfficeTenant } from '../sandbox/tenants.js';
import type { Ground } from './ground.js';
import type { ChaosPlan } from './plan.js';
import { type ChaosWeather, createWeather } from './weather.js';

/** A tenant of the service, its customer's SuperOffice, and what goes wrong there. */
export interface ChaosTenant {
  api: TenantClient;
  superOffice: SuperOfficeTenant;
  weather: ChaosWeather;
  /** Connects with the key that the receiver script has now. */
  connect(): Promise<void>;
}

/** Whom nobody of the customer's knows as theirs: a record of a meeting with them alone has no owner. */
export const UNOWNED_GUEST = 'ada.alone@unowned.example';
const UNOWNED_COMPANY = {
  companyId: 90,
  name: 'Unowned Ltd',
  emails: ['info@unowned.example'],
  ourContactId: 0,
};

const FIRST_CUSTOMER = 50_001;
/** As long as a caller has patience: whoever hands in goes on until answered. */
const RETRY_FOR_MS = 15 * 60_000;
/** SuperOffice's answers about a tenant are good for so long: a move is noticed soon. */
const STATE_VALID_MS = 5_000;
const CONNECTS_AT_A_TIME = 8;

/** Makes the tenants and connects them, while everything is well. */
export async function connectTenants(
  { sandbox, apiUrl, apiToken }: Ground,
  plan: ChaosPlan,
): Promise<ChaosTenant[]> {
  const client = createClient({ baseUrl: apiUrl, token: apiToken, retryForMs: RETRY_FOR_MS });
  const crm = sampleCrm();
  const companies = [...crm.companies, UNOWNED_COMPANY];
  const contacts = [
    ...crm.contacts,
    { contactId: 900, name: 'Ada Alone', emails: [UNOWNED_GUEST], companyId: UNOWNED_COMPANY.companyId },
  ];
  const tenants = Array.from({ length: plan.tenants }, (_, index): ChaosTenant => {
    const customerInstance = `Cust${FIRST_CUSTOMER + index}`;
    const settings = { ...crm, companies, contacts, validForMs: STATE_VALID_MS };
    const superOffice = sandbox.addTenant({ customerInstance, key: `key-of-tenant-${index}`, ...settings });
    const api = client.tenant(`chaos-${index}`);
    return {
      api,
      superOffice,
      weather: createWeather(plan, index),
      async connect() {
        await api.connect({ domainPrefix: superOffice.host, customerInstance, token: superOffice.key });
      },
    };
  });
  await inParallel(CONNECTS_AT_A_TIME, tenants, (tenant) => tenant.connect());
  for (const { superOffice, weather } of tenants) superOffice.weather = weather;
  return tenants;
}
