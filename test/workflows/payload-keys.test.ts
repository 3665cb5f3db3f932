import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnreadablePayloadError } from '../../src/domain/errors.js';
import { generateKey, parseKeyRing } from '../../src/domain/key-ring.js';
import type { Summary } from '../../src/domain/summary.js';
import { createLazyClient, localTarget } from '../../src/temporal/connection.js';
import { createDataConverter } from '../../src/temporal/data-converter.js';
import { createDeliveries } from '../../src/temporal/deliveries.js';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { payloadKeysInUse } from '../../src/temporal/payload-keys.js';
import { statusQuery } from '../../src/workflows/messages.js';
import { type Harness, startHarness } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';

const suffix = randomBytes(4).toString('hex');
const oldKey = generateKey(`old-${suffix}`);
const ring = parseKeyRing(`${generateKey(`new-${suffix}`)},${oldKey}`);

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ PAYLOAD_KEYS: oldKey });
});
afterAll(() => harness.stop());

test('a summary that was delivered under a key that is lost is a duplicate still, and is said to be unreadable', async () => {
  const worker = await harness.startWorker();
  const tenant = await harness.connectTenant();
  const [summary] = meetingSummaries();
  const { deliveryId = '' } = await tenant.api.submit(summary ?? {});
  await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  await worker.stop();
  const client = createLazyClient(
    localTarget(harness.temporalAddress),
    createDataConverter(parseKeyRing(generateKey('other'))),
  );
  try {
    const deliveries = createDeliveries(client, harness.config.taskQueue);
    const { tenantId } = tenant;
    const input = { tenantId, deliveryId, summary: summary as unknown as Summary };
    expect(await deliveries.start(input)).toEqual({ duplicate: true });
    await expect(deliveries.describe(tenantId, deliveryId)).rejects.toBeInstanceOf(UnreadablePayloadError);
  } finally {
    await client.connection.close();
  }
});

test('a delivery that parked under the old key goes on under a new one, and is readable throughout', async () => {
  const before = await harness.startWorker();
  const tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'not-ok', error: 'bad-request', times: 1 });
  const { deliveryId = '' } = await tenant.api.submit(meetingSummaries()[0] ?? {});
  await harness.until(tenant, deliveryId, ({ state }) => state === 'parked');
  await before.stop();

  await harness.startWorker({ payloadKeys: ring });
  const client = createLazyClient(localTarget(harness.temporalAddress), createDataConverter(ring));
  try {
    const handle = client.workflow.getHandle(deliveryWorkflowId(tenant.tenantId, deliveryId));
    // The worker that answers replays what the old key encrypted.
    expect(await handle.query(statusQuery)).toMatchObject({ state: 'parked' });
    const { taskQueue } = harness.config;
    const inUse = new Map([[`old-${suffix}`, 1]]);
    await expect.poll(() => payloadKeysInUse(client, taskQueue)).toEqual(inUse);
    // It looks without reading: a lost key is found out, too.
    const without = createLazyClient(
      localTarget(harness.temporalAddress),
      createDataConverter(parseKeyRing(generateKey('other'))),
    );
    expect(await payloadKeysInUse(without, taskQueue)).toEqual(inUse);
    await without.connection.close();

    await handle.signal('retry');
    expect(await handle.result()).toMatchObject({ state: 'delivered' });
    const used = JSON.stringify(await handle.fetchHistory());
    for (const id of [`old-${suffix}`, `new-${suffix}`]) {
      expect(used).toContain(Buffer.from(id).toString('base64'));
    }
  } finally {
    await client.connection.close();
  }
});
