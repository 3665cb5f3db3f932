import { REQUEST_TIMEOUT_MS } from './fault-kinds.js';

/** Short waits, so that a run takes as long as the work, not as the pauses; all else is as in production. */
export const chaosSettings: Readonly<Record<string, string>> = {
  RETRY_INITIAL_DELAY: '200ms',
  RETRY_MAXIMUM_DELAY: '2s',
  MAINTENANCE_RETRY_DELAY: '1s',
  SUPEROFFICE_REQUEST_TIMEOUT: `${REQUEST_TIMEOUT_MS}ms`,
  // Less than the request's, so that calls that hang are cut off in the first workflow task as well.
  FIRST_ATTEMPT_AT_ONCE: '1s',
  HEARTBEAT_TIMEOUT: '3s',
  PACING_INTERVAL: '20ms',
  PACING_IN_FLIGHT: '2',
  RECOVERY_PROBE_INITIAL: '500ms',
  RECOVERY_PROBE_MAXIMUM: '2s',
  RECOVERY_SETTLE: '500ms',
  SHUTDOWN_GRACE: '10s',
  // One client hands everything in, and asks what became of it.
  API_RATE_LIMIT: '10000000',
};
