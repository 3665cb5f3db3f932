import type { Connection } from '../domain/connection.js';
import { type Payload, PAYLOAD_SCHEMA_VERSION, type UnrenderedPayload } from '../domain/payload.js';
import type { Summary } from '../domain/summary.js';
import { toAsciiJson } from './ascii-json.js';
import { localTime } from './local-time.js';
import { renderSummary } from './summary-rendering.js';

/** The largest body that is sent: the docs name no limit for the endpoint; scripts run in 8 MB of memory. */
export const MAX_BODY_BYTES = 1_000_000;

/** What of a payload is neither the summary's nor the connection's. */
export interface PayloadContext {
  deliveryId: string;
  revision: number;
  force: boolean;
}

/** Summary and connection → the payload, all but the rendered summary. */
export function buildPayload(
  { deliveryId, revision, force }: PayloadContext,
  summary: Omit<Summary, 'summary'>,
  { timeZone }: Pick<Connection, 'timeZone'>,
): UnrenderedPayload {
  return {
    schemaVersion: PAYLOAD_SCHEMA_VERSION,
    kind: 'summary',
    deliveryId,
    meetingId: summary.meetingId,
    meetingName: summary.meetingName,
    startsAt: utc(summary.startsAt),
    endsAt: utc(summary.endsAt),
    startLocal: localTime(summary.startsAt, timeZone),
    endLocal: localTime(summary.endsAt, timeZone),
    timeZone,
    meetingType: summary.meetingType ?? '',
    presenterEmail: summary.presenterEmail ?? '',
    participantEmails: summary.participantEmails,
    recordingUrl: summary.recordingUrl ?? '',
    location: summary.location ?? '',
    generatedAt: summary.generatedAt === undefined ? '' : utc(summary.generatedAt),
    revision,
    force,
  };
}

/** The payload of a test: it says who sends it and when, and names no meeting and no person. */
export function buildTestPayload(
  deliveryId: string,
  now: Date,
  { timeZone }: Pick<Connection, 'timeZone'>,
): UnrenderedPayload {
  const at = now.toISOString();
  const test = { meetingId: '', meetingName: 'Test Integration', presenterEmail: '', participantEmails: [] };
  return {
    ...buildPayload(
      { deliveryId, revision: 0, force: false },
      { ...test, startsAt: at, endsAt: at, generatedAt: at },
      { timeZone },
    ),
    kind: 'test',
  };
}

/**
 * The request body: JSON in pure ASCII. Where it would be too large, the text goes without its HTML form; where
 * even its plain form is (a table is padded, a rule is drawn), as it was written.
 */
export function payloadBody(payload: UnrenderedPayload, summary: string): string {
  const { text, html } = renderSummary(summary);
  const bodyOf = (summaryText: string, summaryHtml: string) =>
    toAsciiJson({ ...payload, summaryText, summaryHtml } satisfies Payload);
  const complete = bodyOf(text, html);
  if (complete.length <= MAX_BODY_BYTES) return complete;
  const withoutHtml = bodyOf(text, '');
  return withoutHtml.length <= MAX_BODY_BYTES ? withoutHtml : bodyOf(summary, '');
}

function utc(instant: string): string {
  return new Date(instant).toISOString();
}
