import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { type Harness, startHarness } from '../support/harness.js';
import { payloadsOf } from '../../src/temporal/payloads.js';
import { sizeOf } from '../support/payload-size.js';
import { meetingSummaries } from '../support/meetings.js';

/** What a delivery that goes well may cost: events, workflow tasks, and stored bytes for each byte of the summary. */
const MAX_EVENTS = 13;
const MAX_WORKFLOW_TASKS = 2;
const MAX_STORED_RATIO = 1.5;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
  await harness.startWorker();
});
afterAll(() => harness.stop());

test('a delivery that goes well costs 13 events, 2 workflow tasks and at most 1.5 times its summary', async () => {
  const tenant = await harness.connectTenant();
  const summaries = meetingSummaries();
  const costs: { events: number; workflowTasks: number; raw: number; stored: number }[] = [];
  for (const summary of summaries) {
    const { deliveryId = '' } = await tenant.api.submit(summary);
    await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
    const handle = harness.client.workflow.getHandle(deliveryWorkflowId(tenant.tenantId, deliveryId));
    const { events } = await handle.fetchHistory();
    const stored = payloadsOf(events).reduce((sum, payload) => sum + sizeOf(payload), 0);
    const raw = Buffer.byteLength(summary.summary);
    costs.push({
      events: events?.length ?? 0,
      workflowTasks: events?.filter(({ workflowTaskStartedEventAttributes: task }) => task).length ?? 0,
      raw,
      stored,
    });
  }
  const sum = (figure: 'raw' | 'stored') => costs.reduce((total, cost) => total + cost[figure], 0);
  const ratios = costs.map(({ stored, raw }) => stored / raw).sort((a, b) => a - b);
  process.stdout.write(
    `${costs.length} deliveries: ${Math.max(...costs.map(({ events }) => events))} events, ` +
      `${Math.max(...costs.map(({ workflowTasks }) => workflowTasks))} workflow tasks at most; ` +
      `${sum('raw')} bytes of summaries, ${sum('stored')} bytes of payloads stored: ` +
      `${(sum('stored') / sum('raw')).toFixed(2)} in all, ${ratios[0]?.toFixed(2)} to ${ratios.at(-1)?.toFixed(2)} each\n`,
  );
  for (const { events, workflowTasks } of costs) {
    expect(events).toBeLessThanOrEqual(MAX_EVENTS);
    expect(workflowTasks).toBeLessThanOrEqual(MAX_WORKFLOW_TASKS);
  }
  expect(sum('stored') / sum('raw')).toBeLessThanOrEqual(MAX_STORED_RATIO);
});
