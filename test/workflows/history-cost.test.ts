import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { type Harness, startHarness } from '../support/harness.js';
import { payloadsOf } from '../../src/temporal/payloads.js';
import { sizeOf } from '../support/payload-size.js';
import { meetingSummaries } from '../support/meetings.js';

/** What a delivery that goes well may cost: events, workflow tasks, and stored bytes for each byte of the summary. */
const courses = [
  {
    course: 'whose first attempt is made at once',
    firstAttempt: '4s',
    events: 6,
    workflowTasks: 1,
    stored: 1,
  },
  { course: 'by a regular activity alone', firstAttempt: 'off', events: 12, workflowTasks: 2, stored: 1.5 },
];

describe.each(courses)('a delivery $course', ({ firstAttempt, ...allowed }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      FIRST_ATTEMPT_AT_ONCE: firstAttempt,
      // One call each, however busy the machine is.
      SUPEROFFICE_REQUEST_TIMEOUT: '20s',
    });
    await harness.startWorker();
  });
  afterAll(() => harness.stop());

  test(`costs ${allowed.events} events, ${allowed.workflowTasks} workflow tasks and at most ${allowed.stored} times its summary`, async () => {
    const tenant = await harness.connectTenant();
    const costs: { events: number; workflowTasks: number; raw: number; stored: number }[] = [];
    for (const summary of meetingSummaries()) {
      const { deliveryId = '' } = await tenant.api.submit(summary);
      await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
      const handle = harness.client.workflow.getHandle(deliveryWorkflowId(tenant.tenantId, deliveryId));
      const { events } = await handle.fetchHistory();
      costs.push({
        events: events?.length ?? 0,
        workflowTasks: events?.filter(({ workflowTaskStartedEventAttributes: task }) => task).length ?? 0,
        raw: Buffer.byteLength(summary.summary),
        stored: payloadsOf(events).reduce((sum, payload) => sum + sizeOf(payload), 0),
      });
    }
    const sum = (figure: 'raw' | 'stored') => costs.reduce((total, cost) => total + cost[figure], 0);
    const ratio = sum('stored') / sum('raw');
    process.stdout.write(
      `${costs.length} deliveries: ${Math.max(...costs.map(({ events }) => events))} events at most; ` +
        `${sum('raw')} bytes of summaries, ${sum('stored')} bytes of payloads stored: ${ratio.toFixed(2)}\n`,
    );
    for (const { events, workflowTasks } of costs) {
      expect(events).toBeLessThanOrEqual(allowed.events);
      expect(workflowTasks).toBeLessThanOrEqual(allowed.workflowTasks);
    }
    expect(ratio).toBeLessThanOrEqual(allowed.stored);
  });
});
