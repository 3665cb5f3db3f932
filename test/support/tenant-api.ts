import { createClient, type TenantClient } from '@dci-superoffice/client';

/** Tests take parts of the service away; their calls wait until they are back. */
const RETRY_FOR_MS = 60_000;

/** The client of a tenant, which takes whatever a test hands in for a summary. */
export interface TenantApi extends Omit<TenantClient, 'submit'> {
  submit(
    summary: object,
  ): Promise<{ state: 'accepted' | 'skipped'; deliveryId?: string; duplicate?: boolean; reason?: string }>;
}

export function createTenantApi(baseUrl: string, token: string, tenantId: string): TenantApi {
  return createClient({ baseUrl, token, retryForMs: RETRY_FOR_MS }).tenant(tenantId);
}
