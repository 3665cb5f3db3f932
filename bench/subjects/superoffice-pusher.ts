import { readFileSync } from 'node:fs';
import { openSuperOffice } from '../../src/service/superoffice.js';
import { buildPayload } from '../../src/superoffice/payload.js';
import type { Summary } from '../../src/domain/summary.js';
import type { BenchSummary } from '../subject.js';
import type { SuperOfficeTenant } from '../customers.js';

/** A job of the queues that stand beside the service. */
export interface Job {
  deliveryId: string;
  tenant: SuperOfficeTenant;
  summary: BenchSummary;
}

/** Carries a job by the service's own client of SuperOffice; throws what is to be tried again. */
export function createPusher(): (job: Job) => Promise<void> {
  const { BENCH_DOMAIN: domain = '', BENCH_CA_FILE: caFile = '' } = process.env;
  const { client } = openSuperOffice({
    policy: { domain, onPremises: new Map(), privateNetworks: ['127.0.0.0/8'] },
    certificateAuthority: readFileSync(caFile, 'utf8'),
    requestTimeoutMs: 75_000,
  });
  return async ({ deliveryId, tenant, summary }) => {
    const { summary: text, ...meeting } = summary as unknown as Summary;
    const payload = buildPayload({ deliveryId, revision: 1, force: false }, meeting, {
      timeZone: 'Europe/Oslo',
    });
    const { meaning } = await client.push({
      connection: {
        domainPrefix: 'online2',
        customerInstance: tenant.customerInstance,
        includeId: 'dci-receive-summary',
        endpoint: null,
      },
      token: tenant.token,
      payload,
      summary: text,
    });
    if (meaning.next !== 'done') throw new Error(meaning.code);
  };
}
