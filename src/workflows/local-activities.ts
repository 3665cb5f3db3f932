import { proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/types.js';

/** Made once: others only wait a little longer for a place that nobody comes back for. */
export const { leaveLine } = proxyLocalActivities<Activities>({
  scheduleToCloseTimeout: '5s',
  retry: { maximumAttempts: 1 },
});

/**
 * Short look-ups and notes, made within a workflow task: tried again until the database is there. What can never go well
 * must end, since it would hold the workflow task, and with it a slot of the worker, for good.
 */
export const { loadConnection, buildPayload, recheckParked, raiseEvent } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10s',
  // Longer pauses are timers. Waited out within the workflow task, as by default up to a minute, an outage of the database would
  // hold a slot of the worker for each delivery, and fill its history with heartbeats until the server ends it.
  localRetryThreshold: '5s',
  retry: {
    initialInterval: '500ms',
    maximumInterval: '1m',
    nonRetryableErrorTypes: ['ValueRefusedError'],
  },
});
