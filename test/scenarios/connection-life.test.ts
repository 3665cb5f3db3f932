import { describe, expect, test } from 'vitest';
import { PAUSED_QUERY } from '../../src/temporal/delivery-state.js';
import { databaseEngines, type TestTenant } from '../support/harness.js';
import {
  expectEachFiledOnce,
  listedAsParked,
  manySummaries,
  scenarioHarness,
  submitAll,
  untilAll,
} from '../support/scenario.js';

describe.each(databaseEngines)('the life of a connection, on the %s database', (engine) => {
  // No probe but the first comes in time: what happens is what people did.
  const harness = scenarioHarness(engine, {
    RECOVERY_PROBE_INITIAL: '1h',
    RECOVERY_PROBE_MAXIMUM: '1h',
    // Whatever is parked is listed before it is mended: nothing is late for the second look.
    RECOVERY_SETTLE: '300ms',
  });
  const inSuperOffice = ({ customerInstance }: TestTenant) => harness().sandbox.tenant(customerInstance);
  const hitsOf = ({ customerInstance }: TestTenant) => harness().sandbox.counters(customerInstance).hits;
  const connect = (tenant: TestTenant, token: string) =>
    tenant.api.connect({ domainPrefix: 'online2', customerInstance: tenant.customerInstance, token });

  test('a key is revoked, everything waits, a reconnect with the new key delivers everything', async () => {
    const tenant = await harness().connectTenant();
    const summaries = manySummaries(20);
    const before = await submitAll(tenant, summaries.slice(0, 4));
    await untilAll(harness(), tenant, before, 'delivered');

    inSuperOffice(tenant).key = 'the new key';
    const first = await submitAll(tenant, summaries.slice(4, 5));
    await untilAll(harness(), tenant, first, 'parked');
    await expect.poll(() => tenant.api.connection()).toMatchObject({ state: 'attention-needed' });
    const others = await submitAll(tenant, summaries.slice(5));
    await untilAll(harness(), tenant, others, 'parked');
    // Before the key was revoked; then the one that met it, and one probe in place of all others.
    await expect.poll(() => hitsOf(tenant)).toBe(4 + 1 + 1);

    await listedAsParked(tenant, 16);
    await connect(tenant, 'the new key');
    await untilAll(harness(), tenant, [...first, ...others], 'delivered');
    expect(await tenant.api.connection()).toMatchObject({ state: 'connected' });
    expectEachFiledOnce(harness(), tenant, summaries);
  });

  test('a reconnect with a wrong key again leaves everything waiting, at the cost of a few calls', async () => {
    const tenant = await harness().connectTenant();
    inSuperOffice(tenant).key = 'the new key';
    const summaries = manySummaries(12);
    const first = await submitAll(tenant, summaries.slice(0, 1));
    await untilAll(harness(), tenant, first, 'parked');
    const others = await submitAll(tenant, summaries.slice(1));
    await untilAll(harness(), tenant, others, 'parked');
    await listedAsParked(tenant, 12);
    const before = hitsOf(tenant);

    await connect(tenant, 'a mistyped key');
    await expect.poll(() => tenant.api.connection()).toMatchObject({ state: 'attention-needed' });
    await untilAll(harness(), tenant, [...first, ...others], 'parked');
    // The first few that are tried, and the probes that they bring about.
    expect(hitsOf(tenant) - before).toBeLessThanOrEqual(6);

    await listedAsParked(tenant, 12);
    await connect(tenant, 'the new key');
    await untilAll(harness(), tenant, [...first, ...others], 'delivered');
    expectEachFiledOnce(harness(), tenant, summaries);
  });

  test('a test that passes ends the trouble as a reconnect does', async () => {
    const tenant = await harness().connectTenant();
    inSuperOffice(tenant).scriptHasTags = false;
    const summaries = manySummaries(5);
    const ids = await submitAll(tenant, summaries);
    await untilAll(harness(), tenant, ids, 'parked');
    expect(await tenant.api.test()).toMatchObject({ passed: false });

    await listedAsParked(tenant, 5);
    inSuperOffice(tenant).scriptHasTags = true;
    expect(await tenant.api.test()).toMatchObject({ passed: true });
    await untilAll(harness(), tenant, ids, 'delivered');
    expectEachFiledOnce(harness(), tenant, summaries);
  });

  test('a pause holds what was accepted and skips what comes; a resume delivers what was held', async () => {
    const tenant = await harness().connectTenant();
    const summaries = manySummaries(8);
    harness().sandbox.addFaults(tenant.customerInstance, { type: 'throttle', retryAfter: 1 });
    const ids = await submitAll(tenant, summaries.slice(0, 6));
    for (const id of ids) {
      await harness().until(tenant, id, ({ lastFailure }) => lastFailure?.code === 'throttled');
    }
    await tenant.api.pause();
    const held = await untilAll(harness(), tenant, ids, 'parked');
    expect(held.map(({ lastFailure }) => lastFailure?.code)).toEqual(ids.map(() => 'paused'));
    const paused = `TenantId = "${tenant.tenantId}" AND ${PAUSED_QUERY}`;
    await expect.poll(async () => (await harness().client.workflow.count(paused)).count).toBe(ids.length);
    expect(await submitAll(tenant, summaries.slice(6))).toEqual(['skipped', 'skipped']);

    inSuperOffice(tenant).faults = [];
    await tenant.api.resume();
    await untilAll(harness(), tenant, ids, 'delivered');
    expectEachFiledOnce(harness(), tenant, summaries.slice(0, 6));
  });

  test('a connection is replaced in the middle of deliveries, and none is lost or sent to both', async () => {
    const tenant = await harness().connectTenant();
    const summaries = manySummaries(16);
    const half = submitAll(tenant, summaries.slice(0, 8));
    const successor = `${tenant.customerInstance}0`;
    const { contacts, companies, associates } = inSuperOffice(tenant);
    harness().sandbox.addTenant({ customerInstance: successor, key: 'k', contacts, companies, associates });
    const ids = await half;
    await tenant.api.connect({ domainPrefix: 'online2', customerInstance: successor, token: 'k' });
    ids.push(...(await submitAll(tenant, summaries.slice(8))));
    await untilAll(harness(), tenant, ids, 'delivered');
    const meetings = [tenant.customerInstance, successor].flatMap((customer) =>
      harness()
        .sandbox.records(customer)
        .map(({ meetingId }) => meetingId),
    );
    expect(meetings.sort()).toEqual(summaries.map(({ meetingId }) => meetingId).sort());
  });
});
