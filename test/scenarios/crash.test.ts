import type { Delivery } from '@dci-superoffice/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countDuplicates } from '../../sandbox/records.js';
import { meetingSummaries } from '../support/meetings.js';
import {
  createServiceUnderTest,
  CUSTOMER_INSTANCE,
  type ServiceUnderTest,
  TOKEN_KEY,
} from '../support/service-under-test.js';

let under: ServiceUnderTest;
beforeEach(async () => {
  under = await createServiceUnderTest();
});
afterEach(() => under.close());

async function connect(): Promise<void> {
  await under.api.connect({ domainPrefix: 'online2', customerInstance: CUSTOMER_INSTANCE, token: TOKEN_KEY });
}

async function delivered(deliveryId: string): Promise<Delivery> {
  for (;;) {
    const delivery = await under.api.delivery(deliveryId).catch(() => undefined);
    if (delivery && delivery.state !== 'delivering') return delivery;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('kill -9 in the middle of all deliveries, and a restart: each is delivered, none lost, none twice', async () => {
  const first = await under.start();
  await connect();
  const summaries = meetingSummaries();
  under.sandbox.addFaults(CUSTOMER_INSTANCE, { type: 'slow', delayMs: 200 });

  const submitted = Promise.all(summaries.map((summary) => under.api.submit(summary)));
  const records = () => under.sandbox.records(CUSTOMER_INSTANCE).length;
  const calls = () => under.sandbox.counters(CUSTOMER_INSTANCE).inFlight;
  const isInTheMiddle = () => records() > 0 && calls() > 0;
  await expect.poll(isInTheMiddle, { interval: 5, timeout: 30_000 }).toBe(true);
  const inFlight = calls();
  await first.kill();
  expect(records()).toBeLessThan(summaries.length);
  await under.start();

  const answers = await submitted;
  const deliveries: Delivery[] = [];
  for (const { deliveryId = '' } of answers) deliveries.push(await delivered(deliveryId));
  expect(deliveries.map(({ state }) => state)).toEqual(summaries.map(() => 'delivered'));
  const filed = under.sandbox.records(CUSTOMER_INSTANCE);
  const meetings = filed.map(({ meetingId }) => meetingId);
  const duplicated = countDuplicates(filed);
  expect(duplicated).toBe(0);
  expect([...meetings].sort()).toEqual(summaries.map(({ meetingId }) => meetingId).sort());
  process.stdout.write(
    `killed with ${inFlight} calls in flight; afterwards ${deliveries.length} delivered, ` +
      `${summaries.length - new Set(meetings).size} lost, ${duplicated} duplicated\n`,
  );
}, 120_000);

test('asked to stop, the service finishes the calls under way and exits with 0', async () => {
  const service = await under.start();
  await connect();
  under.sandbox.addFaults(CUSTOMER_INSTANCE, { type: 'slow', delayMs: 1_500, times: 1 });
  const [summary] = meetingSummaries();
  await under.api.submit(summary ?? {});
  const counters = () => under.sandbox.counters(CUSTOMER_INSTANCE);
  await expect.poll(() => counters().inFlight, { interval: 10 }).toBe(1);

  expect(await service.stop()).toBe(0);
  expect(under.sandbox.records(CUSTOMER_INSTANCE)).toHaveLength(1);
  // What it wrote last reaches the file after its end.
  await expect.poll(() => under.logs()).toMatch(/"next":"done"/);
  expect(counters().hits).toBe(1);
});

test('kill -9 in the middle of a recovery’s test call, and a restart: the tenant recovers within seconds', async () => {
  const first = await under.start();
  await connect();
  const counters = () => under.sandbox.counters(CUSTOMER_INSTANCE);
  under.sandbox.addFaults(CUSTOMER_INSTANCE, { type: 'html', times: 1 }, { type: 'hang', times: 1 });
  const [summary] = meetingSummaries();
  const { deliveryId = '' } = await under.api.submit(summary ?? {});
  const isProbing = () => counters().hits === 2 && counters().inFlight === 1;
  await expect.poll(isProbing, { interval: 10, timeout: 30_000 }).toBe(true);
  expect(await delivered(deliveryId)).toMatchObject({ state: 'parked' });
  await first.kill();
  await under.start();

  const state = async () => (await under.api.delivery(deliveryId)).state;
  await expect.poll(state, { interval: 100, timeout: 30_000 }).toBe('delivered');
  expect(under.sandbox.records(CUSTOMER_INSTANCE)).toHaveLength(1);
});
