import { proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/types.js';

/** Short look-ups and notes, made within a workflow task: tried again until the database is there. */
export const { loadConnection, buildPayload, recheckParked, raiseEvent } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '500ms', maximumInterval: '1m' },
});
