import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { completedEvent, webhookHeaders } from '../../sandbox/dci-event.js';
import { databaseEngines, type TestTenant } from '../support/harness.js';
import { request } from '../support/request.js';
import {
  expectEachFiledOnce,
  manySummaries,
  scenarioHarness,
  submitAll,
  untilAll,
} from '../support/scenario.js';

const STALE_MS = 6 * 60_000;

describe.each(databaseEngines)('summaries that come in, on the %s database', (engine) => {
  const harness = scenarioHarness(engine);
  const [summary] = manySummaries(1);
  if (!summary) throw new Error('There is no meeting.');

  test('the same summary from 20 clients at once is one workflow and one record', async () => {
    const tenant = await harness().connectTenant();
    const answers = await Promise.all(Array.from({ length: 20 }, () => tenant.api.submit(summary)));
    expect(answers.filter(({ duplicate }) => duplicate === false)).toHaveLength(1);
    await untilAll(harness(), tenant, [answers[0]?.deliveryId ?? ''], 'delivered');
    expectEachFiledOnce(harness(), tenant, [summary]);
    // Temporal's list is a little behind.
    await expect.poll(async () => (await tenant.api.deliveries()).deliveries).toHaveLength(1);
  });

  test('of revisions that wait, the newest wins, and there is one record', async () => {
    const tenant = await harness().connectTenant();
    harness().sandbox.addFaults(tenant.customerInstance, { type: 'throttle', retryAfter: 2 });
    const revised = (hour: number) => ({
      ...summary,
      summary: `Revised at ${hour}`,
      generatedAt: `2026-09-01T${hour}:00:00Z`,
    });
    const older: string[] = [];
    for (const hour of [10, 11, 12]) {
      const [id = ''] = await submitAll(tenant, [revised(hour)]);
      await harness().until(tenant, id, ({ lastFailure }) => lastFailure !== undefined);
      older.push(id);
    }
    const newest = older.pop() ?? '';
    await untilAll(harness(), tenant, older, 'superseded');
    harness().sandbox.tenant(tenant.customerInstance).faults = [];
    await untilAll(harness(), tenant, [newest], 'delivered');
    expect(harness().sandbox.records(tenant.customerInstance)).toMatchObject([
      { deliveryId: newest, internalNotes: expect.stringContaining('Revised at 12') as string },
    ]);
  });

  describe("by DCI's webhook", () => {
    async function hooked() {
      const tenant = await harness().connectTenant();
      const path = `/v1/tenants/${tenant.tenantId}/hooks/dci`;
      const { body } = await request(harness().url, `${path}/secrets`, { method: 'POST' });
      const { secret } = body as { secret: string };
      const event = JSON.stringify(
        completedEvent({ id: randomUUID(), participants: [{ email: 'asa.akerlund@akerlunds.example' }] }),
      );
      const send = (headers: Record<string, string>) =>
        request(harness().url, path, { method: 'POST', body: event, token: '', headers });
      return { tenant, secret, event, send };
    }
    const records = ({ customerInstance }: TestTenant) => harness().sandbox.records(customerInstance);

    test('a good webhook is delivered; replayed, within the time or with a new one: nothing new', async () => {
      const { tenant, secret, event, send } = await hooked();
      const headers = webhookHeaders(secret, event);
      const first = await send(headers);
      expect(first.status).toBe(202);
      const { deliveryId } = first.body as { deliveryId: string };
      expect(await send(headers)).toMatchObject({ status: 200, body: { deliveryId, duplicate: true } });
      await untilAll(harness(), tenant, [deliveryId], 'delivered');
      const again = webhookHeaders(secret, event, { at: new Date(Date.now() + 60_000) });
      expect(await send(again)).toMatchObject({ status: 200, body: { deliveryId, duplicate: true } });
      expect(records(tenant)).toHaveLength(1);
    });

    test('a forged or stale webhook is refused, and nothing is begun', async () => {
      const { secret, event, send } = await hooked();
      expect((await send(webhookHeaders('somebody elses secret', event))).status).toBe(401);
      const stale = webhookHeaders(secret, event, { at: new Date(Date.now() - STALE_MS) });
      expect((await send(stale)).status).toBe(401);
      // Temporal itself knows of none: the good one is the first, where the list of deliveries would be behind.
      expect(await send(webhookHeaders(secret, event))).toMatchObject({
        status: 202,
        body: { duplicate: false },
      });
    });
  });
});
