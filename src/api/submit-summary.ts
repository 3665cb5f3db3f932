import type { FastifyBaseLogger } from 'fastify';
import { deliveryIdOf } from '../domain/delivery-id.js';
import type { RecordingLookup, SkipReason } from '../domain/delivery.js';
import { hasText, type Summary } from '../domain/summary.js';
import type { ApiDependencies } from './dependencies.js';

export interface SubmittedSummary {
  tenantId: string;
  summary: Summary;
  recording?: RecordingLookup;
  /** Whether a delivery that ended undelivered starts anew when its summary comes again; it does by default. */
  restart?: boolean;
}

/** What became of a summary at the door. */
export type Submission =
  { state: 'accepted'; deliveryId: string; duplicate: boolean } | { state: 'skipped'; reason: SkipReason };

/** Starts the delivery of a summary, whichever way it came in. The start of the workflow is the commit point. */
export async function submitSummary(
  { connections, deliveries, metrics }: ApiDependencies,
  log: FastifyBaseLogger,
  { restart = true, ...submitted }: SubmittedSummary,
): Promise<Submission> {
  const { tenantId, summary } = submitted;
  const reason = hasText(summary) ? await skipReasonOf(connections, tenantId) : 'no-summary';
  if (reason !== undefined) {
    metrics.submissions.inc({ outcome: 'skipped' });
    return { state: 'skipped', reason };
  }
  const deliveryId = deliveryIdOf(tenantId, summary);
  const { duplicate } = await deliveries.start({ ...submitted, deliveryId }, { restart });
  metrics.submissions.inc({ outcome: duplicate ? 'duplicate' : 'accepted' });
  log.info({ tenantId, deliveryId, duplicate }, 'summary accepted');
  return { state: 'accepted', deliveryId, duplicate };
}

/** The status of an answer: 202 says that something was begun. */
export function statusOf(submission: Submission): 200 | 202 {
  return submission.state === 'accepted' && !submission.duplicate ? 202 : 200;
}

/** Where to ask what becomes of it: headers of an answer. */
export function locationOf(tenantId: string, submission: Submission): { location?: string } {
  if (submission.state === 'skipped') return {};
  return { location: `/v1/tenants/${tenantId}/deliveries/${submission.deliveryId}` };
}

async function skipReasonOf(
  connections: ApiDependencies['connections'],
  tenantId: string,
): Promise<SkipReason | undefined> {
  const connection = await connections.find(tenantId);
  if (!connection) return 'not-connected';
  return connection.enabled ? undefined : 'disabled';
}
