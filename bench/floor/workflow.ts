import { proxyActivities } from '@temporalio/workflow';
import type { FloorActivities } from './worker.js';

const { noop } = proxyActivities<FloorActivities>({ startToCloseTimeout: '1 minute' });

/** What Temporal costs by itself: one activity that does nothing. */
export async function Floor({ key }: { key: string; text: string }): Promise<void> {
  await noop(key);
}
