import { describe, expect, onTestFinished, test } from 'vitest';
import { eventFailure, recordingFailure, retryFailure } from '../../src/activities/failures.js';
import { startHarness } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';

describe('a failure that asks for another attempt', () => {
  test.each([
    ['of a push', retryFailure('busy', 0, { attempt: 1 })],
    ['of an event', eventFailure(503, 0)],
    ['of a look for a recording', recordingFailure('busy', 0)],
  ])('never asks for it at once: Temporal takes no delay for no attempt (%s)', (_, failure) => {
    expect(failure.nextRetryDelay).toBeGreaterThan(0);
  });

  test('gets it, however short the delay is', async () => {
    // A delay of this length is rounded to nothing every second time.
    const harness = await startHarness({ RETRY_INITIAL_DELAY: '1ms', RETRY_MAXIMUM_DELAY: '1ms' });
    onTestFinished(() => harness.stop());
    await harness.startWorker();
    const tenant = await harness.connectTenant();
    harness.sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 503, times: 12 });
    const { deliveryId = '' } = await tenant.api.submit(meetingSummaries()[0] ?? {});
    const delivery = await harness.until(tenant, deliveryId, ({ state }) => state !== 'delivering');
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 13 });
  });
});
