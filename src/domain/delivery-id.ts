import { createHash } from 'node:crypto';
import type { Summary } from './summary.js';

/** 32 hexadecimal digits: fits a short-text field of SuperOffice (39), and says nothing about the meeting. */
export const DELIVERY_ID_PATTERN = /^[0-9a-f]{32}$/;

/**
 * The id of one summary on its way, derived from tenant, meeting and summary revision, so that the same summary
 * always maps to the same delivery, whoever submits it and how often.
 *
 * A revision is told apart by the summary's own id; without one by the time it was written; without either by its
 * text.
 */
export function deliveryIdOf(
  tenantId: string,
  summary: Pick<Summary, 'meetingId' | 'summary' | 'summaryId' | 'generatedAt'>,
): string {
  return sha256([tenantId, summary.meetingId, ...revisionOf(summary)]).slice(0, 32);
}

/** What tells meetings of a tenant apart in the database, and says nothing about them. */
export function meetingKeyOf(meetingId: string): string {
  return sha256([meetingId]).slice(0, 32);
}

function revisionOf(summary: Pick<Summary, 'summary' | 'summaryId' | 'generatedAt'>): [string, string] {
  if (summary.summaryId !== undefined) return ['id', summary.summaryId];
  if (summary.generatedAt !== undefined) {
    return ['generated', new Date(summary.generatedAt).toISOString()];
  }
  return ['text', sha256([summary.summary])];
}

function sha256(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
