import { summarySchema } from '../../../src/domain/summary.js';
import type { Push } from '../../../src/superoffice/client.js';
import { buildPayload } from '../../../src/superoffice/payload.js';
import { sampleSummary } from '../../domain/sample-summary.js';

export const CUST = 'Cust12345';
export const DELIVERY_ID = '0123456789abcdef0123456789abcdef';

/** A summary about a meeting with one known contact of the sample CRM, ready to go to the sandbox's tenant. */
export function summaryPush(changes: Partial<Push & Push['connection']> = {}): Push {
  const { summary, ...rest } = summarySchema.parse(sampleSummary());
  const {
    domainPrefix = 'online2',
    customerInstance = CUST,
    includeId = 'dci-receive-summary',
    endpoint = null,
    token = 'sandbox-key',
  } = changes;
  return {
    connection: { domainPrefix, customerInstance, includeId, endpoint },
    token,
    payload: buildPayload({ deliveryId: DELIVERY_ID, revision: 1, force: false }, rest, {
      timeZone: 'Europe/Stockholm',
    }),
    summary,
  };
}
