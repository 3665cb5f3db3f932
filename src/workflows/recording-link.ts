import { ActivityFailure, isCancellation, log, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/types.js';
import type { DeliverSummaryInput } from '../domain/delivery.js';
import type { Summary } from '../domain/summary.js';

/** One call to DCI, which itself waits 10 s for the answer. */
const ATTEMPT_TIMEOUT_MS = 15_000;

/**
 * The meeting with the link to its recording, where it came without one and DCI can be asked for it. A link is not
 * worth a summary: while DCI does not answer, and once the window is over, the meeting goes on without.
 *
 * Only deliveries that ask for it (`recording`) do anything here: histories of all others stay as they are.
 */
export async function withRecordingLink<Meeting extends Pick<Summary, 'recordingUrl'>>(
  { tenantId, recording }: DeliverSummaryInput,
  meeting: Meeting,
): Promise<Meeting> {
  if (!recording || meeting.recordingUrl !== undefined) return meeting;
  const { fetchRecordingUrl } = proxyActivities<Activities>({
    scheduleToCloseTimeout: recording.windowMs,
    startToCloseTimeout: ATTEMPT_TIMEOUT_MS,
    retry: { initialInterval: '1s', maximumInterval: '30s' },
  });
  try {
    const recordingUrl = await fetchRecordingUrl({ tenantId, conversationId: recording.conversationId });
    return recordingUrl === null ? meeting : { ...meeting, recordingUrl };
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    log.warn('delivering without the link to the recording: DCI did not tell it in time');
    return meeting;
  }
}
