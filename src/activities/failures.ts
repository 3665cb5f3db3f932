import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { diagnosisOf, type PermanentTrouble, type TransientTrouble, wordsOf } from '../domain/diagnosis.js';
import type { EndFailureType, PushFailureDetails } from './types.js';

/*
 * The one place where troubles become Temporal failures. Messages and details hold codes and fixed sentences only:
 * they reach histories and the UI. All are BENIGN: expected, and told in the attempt's own log line.
 */

/** Try again after this delay, in milliseconds; it takes the place of Temporal's own backoff, which has no jitter. */
export function retryFailure(
  code: TransientTrouble,
  delayMs: number,
  details: PushFailureDetails,
): ApplicationFailure {
  return failure(code, diagnosisOf(code).cause, { nextRetryDelay: atLeastSoon(delayMs) }, details);
}

/** Stop: a person is needed. */
export function parkFailure(code: PermanentTrouble, details: PushFailureDetails): ApplicationFailure {
  return failure(code, wordsOf(code), { nonRetryable: true }, details);
}

/** Stop: there is no longer a connection to push to, or a newer summary took this one's place. */
export function endFailure(type: EndFailureType, details: PushFailureDetails): ApplicationFailure {
  return failure(type, 'This delivery is no longer to be pushed.', { nonRetryable: true }, details);
}

/** DCI could not tell the link to a recording: ask again after this delay, in milliseconds. */
export function recordingFailure(code: TransientTrouble, delayMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: code,
    message: 'DCI could not tell the link to the recording.',
    nextRetryDelay: atLeastSoon(delayMs),
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** Ask again soon: SuperOffice's state API tells nothing right now. */
export function stateApiAwayFailure(): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'state-api-away',
    message: 'SuperOffice does not tell how the customer is doing.',
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** The receiver of events did not take one: send it again after this delay, in milliseconds. */
export function eventFailure(httpStatus: number | undefined, delayMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'event-not-taken',
    message: `The receiver of events did not take it (${httpStatus ?? 'no answer'}).`,
    nextRetryDelay: atLeastSoon(delayMs),
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** Temporal takes a delay of nothing for "no further attempt", and full jitter comes down to nothing now and then. */
function atLeastSoon(delayMs: number): number {
  return Math.max(delayMs, 1);
}

function failure(
  type: string,
  message: string,
  options: { nextRetryDelay?: number; nonRetryable?: boolean },
  details: PushFailureDetails,
): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    details: [details],
    category: ApplicationFailureCategory.BENIGN,
    ...options,
  });
}
