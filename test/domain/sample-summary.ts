import type { z } from 'zod';
import type { summarySchema } from '../../src/domain/summary.js';

/** What DCI hands over for one meeting, with every field. */
export function sampleSummary(changes: Record<string, unknown> = {}): z.input<typeof summarySchema> {
  return {
    meetingId: 'm-1',
    meetingName: 'Offert till Åkerlunds 🪑',
    summary: '# Beslut\n\n- Åsa vill ha en offert.',
    startsAt: '2026-09-01T09:00:00+02:00',
    endsAt: '2026-09-01T09:45:00+02:00',
    meetingType: 'external',
    presenterEmail: 'erik.lund@dstny-demo.example',
    participantEmails: ['erik.lund@dstny-demo.example', 'asa.akerlund@akerlunds.example'],
    recordingUrl: 'https://dci.dstny-demo.example/recordings/m-1',
    location: 'Älmhult',
    generatedAt: '2026-09-01T09:50:00+02:00',
    ...changes,
  };
}
