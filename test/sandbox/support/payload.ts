/** A payload about a meeting with one known contact of the sample CRM. */
export function samplePayload(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    schemaVersion: 1,
    kind: 'summary',
    deliveryId: 'd-1',
    meetingId: 'm-1',
    meetingName: 'Offert till Åkerlunds 🪑',
    summaryText: 'Åsa vill ha en offert.',
    summaryHtml: '<p>Åsa vill ha en offert.</p>',
    startsAt: '2026-09-01T07:00:00.000Z',
    endsAt: '2026-09-01T07:45:00.000Z',
    startLocal: '2026-09-01 09:00:00',
    endLocal: '2026-09-01 09:45:00',
    timeZone: 'Europe/Stockholm',
    meetingType: 'external',
    presenterEmail: 'erik.lund@dstny-demo.example',
    participantEmails: ['erik.lund@dstny-demo.example', 'asa.akerlund@akerlunds.example'],
    recordingUrl: 'https://dci.dstny-demo.example/recordings/m-1',
    location: 'Älmhult',
    generatedAt: '2026-09-01T07:50:00.000Z',
    ...changes,
  };
}
