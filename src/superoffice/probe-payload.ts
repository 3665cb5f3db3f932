import { randomBytes } from 'node:crypto';
import { PAYLOAD_SCHEMA_VERSION, type UnrenderedPayload } from '../domain/payload.js';

/** A payload that the receiver script answers and does not file. */
export function probePayload(): UnrenderedPayload {
  const now = new Date().toISOString();
  return {
    schemaVersion: PAYLOAD_SCHEMA_VERSION,
    kind: 'test',
    deliveryId: randomBytes(16).toString('hex'),
    meetingId: '',
    meetingName: '',
    startsAt: now,
    endsAt: now,
    startLocal: '',
    endLocal: '',
    timeZone: '',
    meetingType: '',
    presenterEmail: '',
    participantEmails: [],
    recordingUrl: '',
    location: '',
    generatedAt: '',
    revision: 0,
    force: false,
  };
}
