import { describe, expect, test } from 'vitest';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { databaseEngines, type Harness, type TestTenant } from '../support/harness.js';
import {
  expectEachFiledOnce,
  manySummaries,
  scenarioHarness,
  submitAll,
  untilAll,
} from '../support/scenario.js';

const BURST = 300;
const INTERVAL_MS = 80;
const BYSTANDERS = 9;
/**
 * Attempts of Temporal beyond calls: times that a delivery came before its turn. Once to join the line, and once more
 * when the line is slower than it was; on a busy machine a line of so quick a pace slows down again and again.
 */
const MAX_EXTRA_ATTEMPTS = { mean: 2, most: 8 };

describe.each(databaseEngines)('a burst of one tenant, on the %s database', (engine) => {
  // As in production, one call at a time; quicker than in production, or the test would take ten minutes.
  const harness = scenarioHarness(engine, {
    PACING_INTERVAL: `${INTERVAL_MS}ms`,
    PACING_IN_FLIGHT: '1',
    // A busy machine must not pass for a SuperOffice or a worker that is silent.
    SUPEROFFICE_REQUEST_TIMEOUT: '15s',
    HEARTBEAT_TIMEOUT: '15s',
  });

  test('a burst goes out in its turn, at little cost, and holds nobody else up', async () => {
    const bystander = await harness().connectTenant();
    const tenant = await harness().connectTenant();
    const idle = await latenciesOf(harness(), bystander, 'idle');

    const summaries = manySummaries(BURST);
    const ids = await submitAll(tenant, summaries);
    const counters = () => harness().sandbox.counters(tenant.customerInstance);
    let filedBefore: number | undefined;
    const meanwhile = await latenciesOf(harness(), bystander, 'meanwhile', () => {
      // By the last one, a slow machine may be through with the burst.
      filedBefore ??= counters().hits;
    });
    await untilAll(harness(), tenant, ids, 'delivered');

    expectEachFiledOnce(harness(), tenant, summaries);
    expect(counters().hits).toBe(BURST);
    expect(counters().maxInFlight).toBe(1);
    const extra = await extraAttempts(harness(), tenant, ids);
    const mean = extra.reduce((sum, one) => sum + one, 0) / BURST;
    process.stdout.write(
      `burst of ${BURST} (${engine}): ${Math.max(...extra)} extra attempts at most, ` +
        `${mean.toFixed(2)} in the mean; another tenant meanwhile (${filedBefore} filed): ${median(meanwhile)} ms, on the idle service ${median(idle)} ms\n`,
    );
    expect(mean).toBeLessThanOrEqual(MAX_EXTRA_ATTEMPTS.mean);
    expect(Math.max(...extra)).toBeLessThanOrEqual(MAX_EXTRA_ATTEMPTS.most);
    expect(filedBefore).toBeLessThan(BURST);
    // Not in line behind the burst, which takes this long.
    expect(median(meanwhile)).toBeLessThan((BURST * INTERVAL_MS) / 5);
  }, 240_000);
});

/** From handing in to the record, one after the other, in milliseconds. */
async function latenciesOf(
  harness: Harness,
  tenant: TestTenant,
  name: string,
  onDelivered: () => void = () => undefined,
): Promise<number[]> {
  const latencies: number[] = [];
  for (const summary of manySummaries(BYSTANDERS)) {
    const { deliveryId = '' } = await tenant.api.submit({
      ...summary,
      meetingId: `${name}-${summary.meetingId}`,
    });
    const ended = await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
    onDelivered();
    latencies.push(Date.parse(ended.endedAt ?? '') - Date.parse(ended.acceptedAt));
  }
  return latencies;
}

async function extraAttempts(
  harness: Harness,
  tenant: TestTenant,
  ids: readonly string[],
): Promise<number[]> {
  const extra: number[] = [];
  for (const id of ids) {
    const handle = harness.client.workflow.getHandle(deliveryWorkflowId(tenant.tenantId, id));
    const { events } = await handle.fetchHistory();
    const attempt = Math.max(
      ...(events ?? []).map(({ activityTaskStartedEventAttributes: started }) => started?.attempt ?? 0),
    );
    extra.push(attempt - (harness.sandbox.counters(tenant.customerInstance).hitsPerDelivery[id] ?? 0));
  }
  return extra;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
