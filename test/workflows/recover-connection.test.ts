import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConnectionStore } from '../../src/store/connections.js';
import { deliveryWorkflowId, recoveryWorkflowId } from '../../src/temporal/names.js';
import { retrySignal } from '../../src/workflows/messages.js';
import { type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { listedAsParked } from '../support/scenario.js';

let harness: Harness;
/** Probes so seldom that a test sees none but the first, where it does not ask for one. */
let patient: Harness;
/** Its parked deliveries look by themselves, soon, whether the trouble is over. */
let curious: Harness;
const summaries = meetingSummaries();

beforeAll(async () => {
  harness = await startHarness();
  patient = await startHarness({ RECOVERY_PROBE_INITIAL: '1h', RECOVERY_PROBE_MAXIMUM: '1h' });
  curious = await startHarness({ PARKED_RECHECK: '500ms', RECOVERY_PROBE_INITIAL: '1h' });
  await Promise.all([harness.startWorker(), patient.startWorker(), curious.startWorker()]);
});
afterAll(() => Promise.all([harness.stop(), patient.stop(), curious.stop()]));

const isParked = ({ state }: { state: string }) => state === 'parked';
const isDelivered = ({ state }: { state: string }) => state === 'delivered';

async function submitted(tenant: TestTenant, index: number): Promise<string> {
  return (await tenant.api.submit(summaries[index] ?? {})).deliveryId ?? '';
}

/** A tenant whose key was revoked, with one delivery that found out. */
async function revokedTenant(on: Harness) {
  const tenant = await on.connectTenant();
  on.sandbox.tenant(tenant.customerInstance).key = 'another key';
  const first = await submitted(tenant, 0);
  await on.until(tenant, first, isParked);
  const counters = () => on.sandbox.counters(tenant.customerInstance);
  // The delivery's own call, and the first probe; where they follow soon, perhaps the next one.
  await expect.poll(() => counters().hits).toBeGreaterThanOrEqual(2);
  const mend = () => {
    on.sandbox.tenant(tenant.customerInstance).key = tenant.key;
  };
  return { tenant, first, counters, mend };
}

/** How long a recovery of the patient harness waits for its next probe. */
const PAUSE_SECONDS = 3_600;

/** The history of a tenant's recovery once it has begun to wait for its next probe so often, and where each wait begins. */
async function historyAtPause(count: number, { tenantId }: TestTenant) {
  const recovery = patient.client.workflow.getHandle(recoveryWorkflowId(tenantId));
  const read = async () => {
    const events = (await recovery.fetchHistory()).events ?? [];
    const pauses = events.flatMap(({ timerStartedEventAttributes: timer }, index) =>
      Number(timer?.startToFireTimeout?.seconds ?? 0) >= PAUSE_SECONDS ? [index] : [],
    );
    return { events, pauses };
  };
  await expect.poll(async () => (await read()).pauses.length).toBe(count);
  return read();
}

/**
 * Asks for everything of a tenant in trouble: what its recovery does until it waits again. A call is counted when it
 * comes in; what the recovery makes of its answer comes later, and is in its history.
 */
async function activitiesOfRetryAll(tenant: TestTenant): Promise<unknown[]> {
  await historyAtPause(1, tenant);
  expect(await tenant.api.retryAll()).toBe(2);
  const { events, pauses } = await historyAtPause(2, tenant);
  return events
    .slice(...pauses)
    .flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
      scheduled ? [scheduled.activityType?.name] : [],
    );
}

test('after the first park the other deliveries of the tenant wait without a call', async () => {
  const { tenant, counters } = await revokedTenant(patient);
  const others = await Promise.all([1, 2, 3, 4, 5].map((index) => submitted(tenant, index)));
  for (const id of others) {
    expect(await patient.until(tenant, id, isParked)).toMatchObject({
      attempts: 0,
      lastFailure: { code: 'script-not-reached', held: true },
    });
  }
  expect(counters().hits).toBe(2);
});

test('when a probe finds the trouble over, everything that waits is delivered, once', async () => {
  const { tenant, first, mend } = await revokedTenant(harness);
  const others = await Promise.all([1, 2, 3, 4, 5].map((index) => submitted(tenant, index)));
  for (const id of others) await harness.until(tenant, id, isParked);
  await listedAsParked(tenant, 6);
  mend();
  for (const id of [first, ...others]) await harness.until(tenant, id, isDelivered);
  expect(harness.sandbox.records(tenant.customerInstance)).toHaveLength(6);
  const recovery = harness.client.workflow.getHandle(recoveryWorkflowId(tenant.tenantId));
  await expect.poll(async () => (await recovery.describe()).status.name).toBe('COMPLETED');
});

test('one that a person retries is tried; that it arrives ends the trouble for all', async () => {
  const { tenant, first, mend } = await revokedTenant(patient);
  const held = await submitted(tenant, 1);
  await patient.until(tenant, held, isParked);
  await listedAsParked(tenant, 2);
  mend();
  await tenant.api.retry(first);
  for (const id of [first, held]) await patient.until(tenant, id, isDelivered);
});

test('to retry everything while nothing is mended costs one call, and everything waits on', async () => {
  const { tenant, first, counters, mend } = await revokedTenant(patient);
  const held = await submitted(tenant, 1);
  await patient.until(tenant, held, isParked);
  await listedAsParked(tenant, 2);
  expect(await activitiesOfRetryAll(tenant)).toEqual(['probeConnection']);
  for (const id of [first, held]) await patient.until(tenant, id, isParked);
  mend();
  expect(await tenant.api.retryAll()).toBe(2);
  for (const id of [first, held]) await patient.until(tenant, id, isDelivered);
  // Those until then, the probe that was in vain, the one that was not, and a call a delivery.
  expect(counters().hits).toBe(2 + 1 + 1 + 2);
});

test('to retry everything once it is mended delivers everything', async () => {
  const { tenant, first, mend } = await revokedTenant(patient);
  const held = await submitted(tenant, 1);
  await patient.until(tenant, held, isParked);
  mend();
  await listedAsParked(tenant, 2);
  expect(await tenant.api.retryAll()).toBe(2);
  for (const id of [first, held]) await patient.until(tenant, id, isDelivered);
});

test('a refusal that the probe does not meet is over with it, and nobody has to do anything', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 403, times: 1 });
  const id = await submitted(tenant, 0);
  expect(await harness.until(tenant, id, isDelivered)).toMatchObject({ attempts: 2 });
});

test('a probe that is refused in another way, before the script, does not end the trouble', async () => {
  const { tenant, first, counters, mend } = await revokedTenant(patient);
  const held = await submitted(tenant, 1);
  await patient.until(tenant, held, isParked);
  // Not while the first probe is under way, which is to find the trouble.
  await historyAtPause(1, tenant);
  mend();
  patient.sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 400, times: 1 });
  await listedAsParked(tenant, 2);
  expect(await activitiesOfRetryAll(tenant)).toEqual(['probeConnection']);
  for (const id of [first, held]) await patient.until(tenant, id, isParked);
  expect(await tenant.api.connection()).toMatchObject({ attention: { code: 'script-not-reached' } });
  // The next one meets nothing.
  expect(await tenant.api.retryAll()).toBe(2);
  for (const id of [first, held]) await patient.until(tenant, id, isDelivered);
  // Those until then, the probe that was refused, the one that was not, and a call a delivery.
  expect(counters().hits).toBe(2 + 1 + 1 + 2);
});

test('a summary that alone is refused stops neither the others nor waits for them', async () => {
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'invalid-payload', times: 1 });
  const refused = await submitted(tenant, 0);
  expect(await harness.until(tenant, refused, isParked)).toMatchObject({
    lastFailure: { code: 'script-refused' },
  });
  await harness.until(tenant, await submitted(tenant, 1), isDelivered);
});

test('a delivery that missed the signal looks by itself whether the trouble is over', async () => {
  const { tenant, first, mend } = await revokedTenant(curious);
  mend();
  // As if the recovery had signalled before the delivery was parked.
  await curious.client.workflow.getHandle(recoveryWorkflowId(tenant.tenantId)).terminate();
  await createConnectionStore(curious.database.queries).clearAttention(tenant.tenantId);
  await curious.until(tenant, first, isDelivered);
});

test('a recovery that was terminated by hand begins again, and goes on to the end', async () => {
  const { tenant, first, mend } = await revokedTenant(curious);
  mend();
  await curious.client.workflow.getHandle(recoveryWorkflowId(tenant.tenantId)).terminate();
  await curious.until(tenant, first, isDelivered);
});

test('an operator finds what needs attention by one query, and sees why without opening a payload', async () => {
  const { tenant, first } = await revokedTenant(patient);
  const parked: unknown[] = [];
  const query = `TenantId = "${tenant.tenantId}" AND Trouble = "script-not-reached"`;
  await expect
    .poll(async () => {
      parked.length = 0;
      for await (const { workflowId } of patient.client.workflow.list({ query })) parked.push(workflowId);
      return parked.sort();
    })
    .toEqual([deliveryWorkflowId(tenant.tenantId, first), recoveryWorkflowId(tenant.tenantId)].sort());
  // As `temporal workflow signal --query … --name retry --input '"all"'` does.
  await patient.client.workflow
    .getHandle(deliveryWorkflowId(tenant.tenantId, first))
    .signal(retrySignal, 'all');

  // What the UI shows of the parked one: in the clear, without the keys of the payloads.
  const described = await patient.client.workflowService.queryWorkflow({
    namespace: 'default',
    execution: { workflowId: recoveryWorkflowId(tenant.tenantId) },
    query: { queryType: '__temporal_workflow_metadata' },
  });
  const shown = Buffer.from(described.queryResult?.payloads?.[0]?.data ?? []).toString();
  expect(shown).toContain('Needs attention');
  expect(shown).toContain('Check the token key');
});
