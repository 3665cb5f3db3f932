import { describe, expect, test } from 'vitest';
import { databaseEngines } from '../support/harness.js';
import { manySummaries, scenarioHarness, submitAll, untilAll } from '../support/scenario.js';

describe.each(databaseEngines)('a disconnect, on the %s database', (engine) => {
  const harness = scenarioHarness(engine);

  test('a disconnect with 50 pending deliveries cancels each, says how many, and leaves alone what is in SuperOffice', async () => {
    const tenant = await harness().connectTenant();
    const { customerInstance } = tenant;
    const { sandbox } = harness();
    const summaries = manySummaries(55);
    const delivered = await submitAll(tenant, summaries.slice(0, 5));
    await untilAll(harness(), tenant, delivered, 'delivered');

    sandbox.addFaults(customerInstance, { type: 'not-ok', error: 'bad-request', times: 25 });
    const parked = await submitAll(tenant, summaries.slice(5, 30));
    await untilAll(harness(), tenant, parked, 'parked');
    sandbox.addFaults(customerInstance, { type: 'throttle', retryAfter: 3600, times: 25 });
    const waiting = await submitAll(tenant, summaries.slice(30));
    for (const id of waiting) {
      await harness().until(tenant, id, ({ lastFailure }) => lastFailure !== undefined);
    }
    // Those are cancelled that Temporal lists, a little later.
    const running = `TenantId = "${tenant.tenantId}" AND WorkflowType = "DeliverSummary" AND ExecutionStatus = "Running"`;
    await expect.poll(async () => (await harness().client.workflow.count(running)).count).toBe(50);

    expect(await tenant.api.disconnect()).toEqual({ state: 'disconnected', cancelledDeliveries: 50 });
    await untilAll(harness(), tenant, [...parked, ...waiting], 'cancelled');
    expect(sandbox.records(customerInstance)).toHaveLength(5);
    expect(sandbox.counters(customerInstance).hits).toBe(55);
    expect(await submitAll(tenant, summaries.slice(0, 1))).toEqual(['skipped']);
    await expect(tenant.api.resend(parked[0] ?? '')).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('connect it') as unknown,
    });

    // Connected again, what was cancelled can be sent again.
    await tenant.api.connect({ domainPrefix: 'online2', customerInstance, token: tenant.key });
    await tenant.api.resend(parked[0] ?? '');
    await untilAll(harness(), tenant, parked.slice(0, 1), 'delivered');
    expect(sandbox.records(customerInstance)).toHaveLength(6);
  });
});
