import { randomBytes } from 'node:crypto';
import { createClient, type TenantClient } from '@dci-superoffice/client';

/** Tests take parts of the service away; their calls wait until they are back. */
const RETRY_FOR_MS = 60_000;

/** An id that nobody else has: all tests of a run share one Temporal server. */
export function newTenantId(): string {
  return `t-${randomBytes(6).toString('hex')}`;
}

/** The client of a tenant, which takes whatever a test hands in for a summary. */
export interface TenantApi extends Omit<TenantClient, 'submit'> {
  submit(
    summary: object,
  ): Promise<{ state: 'accepted' | 'skipped'; deliveryId?: string; duplicate?: boolean; reason?: string }>;
}

export function createTenantApi(baseUrl: string, token: string, tenantId: string): TenantApi {
  return createClient({ baseUrl, token, retryForMs: RETRY_FOR_MS }).tenant(tenantId);
}
