import type { Crm, CrmRecord } from './crm.js';
import { findOwner, type Match, matchParticipants } from './matching.js';
import { type ReceivedPayload, receivedPayloadSchema } from './received-payload.js';

const FIRST_RECORD_ID = 1001;

export type ReceiverResult = 'pong' | 'created' | 'updated' | 'duplicate' | 'no-match';

/** What the script answers, before it becomes JSON. */
export interface ReceiverAnswer {
  status: number;
  body:
    | { ok: false; error: string; deliveryId?: string }
    | {
        ok: true;
        deliveryId: string;
        result: ReceiverResult;
        recordId?: number;
        matchedContacts?: number;
        matchedCompanies?: number;
        scriptVersion: string;
      };
}

export interface ReceiverContext {
  scriptVersion: string;
  now: Date;
}

/**
 * What the receiver script does with one request: files one record a meeting, once for each delivery.
 *
 * It runs to its end in one go, so that, unlike in SuperOffice, two calls at once can't both find no record: a second
 * record here is the fault of a sender that changes its delivery id.
 *
 * @param payload the request body, parsed
 */
export function runReceiver(crm: Crm, payload: unknown, context: ReceiverContext): ReceiverAnswer {
  const parsed = receivedPayloadSchema.safeParse(payload);
  if (!parsed.success) return refuse('bad-json');
  const received = parsed.data;
  const { deliveryId } = received;
  if (deliveryId === '') return refuse('no-deliveryId');
  const answer = (result: ReceiverResult, about: Partial<CrmRecord & Match> = {}): ReceiverAnswer => ({
    status: 200,
    body: {
      ok: true,
      deliveryId,
      result,
      ...(about.recordId !== undefined && { recordId: about.recordId }),
      ...(result !== 'pong' && {
        matchedContacts: about.contactIds?.length ?? 0,
        matchedCompanies: about.companyIds?.length ?? 0,
      }),
      scriptVersion: context.scriptVersion,
    },
  });
  if (received.kind === 'test') return answer('pong');

  const filed = crm.recordsByDelivery.get(deliveryId);
  if (filed && !received.force) return answer('duplicate', filed);
  const match = matchParticipants(crm, received.participantEmails);
  const record = crm.recordsByMeeting.get(received.meetingId);
  if (record) {
    crm.recordsByDelivery.set(deliveryId, record);
    if (isOlder(received, record) && !received.force) return answer('duplicate', record);
    updateRecord(record, crm, received, match);
    return answer('updated', record);
  }
  if (match.contactIds.length === 0 && match.companyIds.length === 0) return answer('no-match');
  return answer('created', fileRecord(crm, received, match, context.now));
}

function fileRecord(crm: Crm, received: ReceivedPayload, match: Match, now: Date): CrmRecord {
  const record: CrmRecord = {
    recordId: FIRST_RECORD_ID + crm.records.length,
    meetingId: received.meetingId,
    ...contentOf(crm, received),
    ...match,
    revisions: 0,
    filedAt: now.toISOString(),
  };
  crm.records.push(record);
  crm.recordsByDelivery.set(received.deliveryId, record);
  if (received.meetingId !== '') crm.recordsByMeeting.set(received.meetingId, record);
  return record;
}

/** A revised summary whose participants are no longer known keeps the links that the record has. */
function updateRecord(record: CrmRecord, crm: Crm, received: ReceivedPayload, match: Match): void {
  const isMatched = match.contactIds.length > 0 || match.companyIds.length > 0;
  Object.assign(record, contentOf(crm, received), isMatched && match, { revisions: record.revisions + 1 });
}

function contentOf(crm: Crm, received: ReceivedPayload) {
  return {
    deliveryId: received.deliveryId,
    title: received.meetingName,
    startsAt: received.startsAt,
    endsAt: received.endsAt,
    startLocal: received.startLocal,
    internalNotes: received.summaryText,
    location: received.location,
    recordingUrl: received.recordingUrl,
    ownerId: findOwner(crm, received.presenterEmail),
    generatedAt: received.generatedAt,
    revision: received.revision,
  };
}

type Written = Pick<CrmRecord, 'generatedAt' | 'revision'>;

/** By the time of writing, where both have one; the sender's count comes second: it may have begun anew. */
function isOlder(received: Written, record: Written): boolean {
  const ageMs = Date.parse(record.generatedAt) - Date.parse(received.generatedAt);
  return Number.isNaN(ageMs) || ageMs === 0 ? received.revision < record.revision : ageMs > 0;
}

function refuse(error: string): ReceiverAnswer {
  return { status: 400, body: { ok: false, error } };
}
