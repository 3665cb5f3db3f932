import { describe, expect, test } from 'vitest';
import { databaseEngines } from '../support/harness.js';
import {
  expectEachFiledOnce,
  manySummaries,
  scenarioHarness,
  submitAll,
  untilAll,
} from '../support/scenario.js';

/** Long enough for a round to meet the maintenance, however busy the machine is. */
const RETRY_WINDOW_MS = 5_000;

describe.each(databaseEngines)('a SuperOffice that moves and rests, on the %s database', (engine) => {
  // A retry window that is over long before the maintenance is.
  const harness = scenarioHarness(engine, {
    RETRY_WINDOW: `${RETRY_WINDOW_MS}ms`,
    MAINTENANCE_RETRY_DELAY: '400ms',
  });

  test('a move to another host in the middle of deliveries costs nobody anything', async () => {
    const tenant = await harness().connectTenant();
    const { sandbox } = harness();
    const summaries = manySummaries(12);
    sandbox.addFaults(tenant.customerInstance, { type: 'slow', delayMs: 50, times: 12 });
    const ids = await submitAll(tenant, summaries);
    await expect
      .poll(() => sandbox.records(tenant.customerInstance).length, { interval: 5 })
      .toBeGreaterThan(2);
    sandbox.tenant(tenant.customerInstance).host = 'app';
    const deliveries = await untilAll(harness(), tenant, ids, 'delivered');
    expect(deliveries.every(({ attempts }) => attempts === 1)).toBe(true);
    expectEachFiledOnce(harness(), tenant, summaries);
  });

  test('a night of maintenance is waited out without a call once it is known, and parks nothing', async () => {
    const tenant = await harness().connectTenant();
    const { sandbox } = harness();
    sandbox.tenant(tenant.customerInstance).state = 'OfflineMaintenance';
    const summaries = manySummaries(6);
    const ids = await submitAll(tenant, summaries);
    const waiting = await Promise.all(
      ids.map((id) => harness().until(tenant, id, ({ lastFailure }) => lastFailure !== undefined)),
    );
    expect(waiting.map(({ lastFailure }) => lastFailure?.code)).toEqual(ids.map(() => 'maintenance'));
    const { hits } = sandbox.counters(tenant.customerInstance);
    // Longer than a retry window: each has begun a second round by then.
    const endOfNight = Date.now() + RETRY_WINDOW_MS + 2_000;
    await expect.poll(() => Date.now()).toBeGreaterThan(endOfNight);
    expect(sandbox.counters(tenant.customerInstance).hits).toBe(hits);
    for (const id of ids) expect(await tenant.api.delivery(id)).toMatchObject({ state: 'delivering' });

    sandbox.tenant(tenant.customerInstance).state = 'Running';
    await untilAll(harness(), tenant, ids, 'delivered');
    expectEachFiledOnce(harness(), tenant, summaries);
  });

  test('a redirect under maintenance is maintenance, and parks nothing', async () => {
    const tenant = await harness().connectTenant();
    const { sandbox } = harness();
    sandbox.tenant(tenant.customerInstance).state = 'OfflineMaintenance';
    sandbox.addFaults(tenant.customerInstance, { type: 'redirect' });
    const summaries = manySummaries(1);
    const [id = ''] = await submitAll(tenant, summaries);
    await harness().until(tenant, id, ({ lastFailure }) => lastFailure?.code === 'maintenance');
    Object.assign(sandbox.tenant(tenant.customerInstance), { state: 'Running', faults: [] });
    await untilAll(harness(), tenant, [id], 'delivered');
    expectEachFiledOnce(harness(), tenant, summaries);
  });
});
