/** A meeting that was invented for recorded histories. */
export const recordedSummary = {
  meetingId: 'recorded-meeting',
  meetingName: 'A recorded meeting',
  summary: '## Summary\n\nThis meeting was invented for a recorded history.',
  startsAt: '2026-09-01T10:00:00+02:00',
  endsAt: '2026-09-01T10:30:00+02:00',
  presenterEmail: 'sara.holm@dstny-demo.example',
  participantEmails: ['asa.akerlund@akerlunds.example'],
};
