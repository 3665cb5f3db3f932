import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Job } from '../subjects/superoffice-pusher.js';
import type { FloorActivities } from './worker.js';

const { noop, push } = proxyActivities<FloorActivities>({ startToCloseTimeout: '1 minute' });
const atOnce = proxyLocalActivities<FloorActivities>({ startToCloseTimeout: '5 seconds' });

/** What Temporal costs by itself: one activity that does nothing. */
export async function Floor({ key }: { key: string; text: string }): Promise<void> {
  await noop(key);
}

/** What Temporal and a call of SuperOffice cost, and nothing else. */
export async function FloorWithCall(job: Job): Promise<void> {
  await push(job);
}

/** The same, within the first workflow task. */
export async function FloorWithCallAtOnce(job: Job): Promise<void> {
  await atOnce.push(job);
}
