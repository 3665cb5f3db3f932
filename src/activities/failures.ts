import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { diagnosisOf, type PermanentTrouble, type TransientTrouble } from '../domain/diagnosis.js';
import type { SkipReason } from '../domain/delivery.js';
import type { PushFailureDetails, SkipFailureType } from './types.js';

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
  return failure(code, diagnosisOf(code).cause, { nextRetryDelay: delayMs }, details);
}

/** Stop: a person is needed. */
export function parkFailure(code: PermanentTrouble, details: PushFailureDetails): ApplicationFailure {
  return failure(code, diagnosisOf(code).cause, { nonRetryable: true }, details);
}

/** Stop: there is no longer a connection to push to. */
export function skipFailure(reason: SkipReason, details: PushFailureDetails): ApplicationFailure {
  const type: SkipFailureType = `skip:${reason}`;
  return failure(type, 'The tenant is no longer connected to SuperOffice.', { nonRetryable: true }, details);
}

/** Ask again soon: SuperOffice's state API tells nothing right now. */
export function stateApiAwayFailure(): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'state-api-away',
    message: 'SuperOffice does not tell how the customer is doing.',
    category: ApplicationFailureCategory.BENIGN,
  });
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
