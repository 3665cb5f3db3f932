import { activityInfo, cancellationSignal, log } from '@temporalio/activity';
import type { DciRecordings } from '../dci/recordings.js';
import type { DciHookStore } from '../store/dci-hooks.js';
import { openOrUndefined, type Sealing } from '../store/sealing.js';
import { type RetryPacing, retryDelayMs } from '../superoffice/retry-delay.js';
import { recordingFailure } from './failures.js';
import type { Activities } from './types.js';

/** A summary waits for its link: it can't wait for long. */
const MAXIMUM_DELAY_MS = 30_000;

export interface FetchRecordingUrlDependencies {
  dciHooks: DciHookStore;
  sealing: Sealing;
  /** Absent where this worker was not told where DCI's API is. */
  recordings: DciRecordings | undefined;
  retryPacing: RetryPacing;
  random?: () => number;
}

/**
 * `fetchRecordingUrl` (regular): the link to a conversation's recording, or null where DCI has none for this tenant.
 * It opens the token of DCI's API at the last moment, and fails only where asking again may help.
 */
export function createFetchRecordingUrl(
  dependencies: FetchRecordingUrlDependencies,
): Activities['fetchRecordingUrl'] {
  const { dciHooks, sealing, recordings, random = Math.random } = dependencies;
  const retryPacing = {
    ...dependencies.retryPacing,
    maximumDelayMs: Math.min(dependencies.retryPacing.maximumDelayMs, MAXIMUM_DELAY_MS),
  };

  return async ({ tenantId, conversationId }) => {
    const sealedApiToken = (await dciHooks.find(tenantId))?.sealedApiToken ?? null;
    if (!recordings || sealedApiToken === null) return null;
    const apiToken = await openOrUndefined(sealing, tenantId, sealedApiToken);
    if (apiToken === undefined) return none('token-unreadable');

    const answer = await recordings.find(conversationId, apiToken, cancellationSignal());
    switch (answer.kind) {
      case 'found':
        return answer.url;
      case 'none':
        return none(answer.code);
      case 'later': {
        const { attempt } = activityInfo();
        throw recordingFailure(answer.code, retryDelayMs({ ...answer, attempt }, retryPacing, random));
      }
    }
  };
}

function none(code: string): null {
  log.warn('no link to the recording', { code });
  return null;
}
