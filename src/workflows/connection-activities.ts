import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/types.js';

/** Short steps of a change of a connection: one whose worker died is made again soon. */
export const { lookUpTenant, storeConnection, removeConnection, clearAttention, retryParked } =
  proxyActivities<Activities>({
    startToCloseTimeout: '20s',
    retry: { initialInterval: '500ms', maximumInterval: '30s' },
  });
