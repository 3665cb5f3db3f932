import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Harness, startHarness } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { propertyRuns, propertySeed } from '../support/property-settings.js';
import { courses, expectNothingLostOrTwice, mend, newModel } from './support/delivery-model.js';

const SUMMARIES = 4;
/** Each on tenants of its own, all over one service: most of a course is waiting. */
const COURSES_AT_A_TIME = 6;
const TIMEOUT_MS = propertyRuns(5 * 60_000);

let harness: Harness;
beforeAll(async () => {
  // What parks just when its tenant is mended looks by itself soon. No worker dies here: one that is slow is none.
  harness = await startHarness({ PARKED_RECHECK: '500ms', HEARTBEAT_TIMEOUT: '15s' });
  await harness.startWorker();
});
afterAll(() => harness.stop());

test(
  'whatever is submitted, retried, cancelled, connected, disconnected and paused, in any order and at once, is filed at most once, and nothing is lost',
  async () => {
    process.stderr.write(
      `The seed of the courses is ${propertySeed} (PROPERTY_SEED; PROPERTY_RUNS for more).\n`,
    );
    const summaries = meetingSummaries().slice(0, SUMMARIES);
    const seen = { courses: 0, accepted: 0, filed: 0 };
    const property = fc.asyncProperty(courses(SUMMARIES), async (commands) => {
      const system = { harness, tenant: await harness.connectTenant(), summaries };
      const model = newModel();
      await fc.asyncModelRun(() => ({ model, real: system }), commands);
      await mend(system);
      await expectNothingLostOrTwice(model, system);
      seen.courses += 1;
      seen.accepted += model.accepted.size;
      seen.filed += harness.sandbox.records(system.tenant.customerInstance).length;
    });
    await Promise.all(
      Array.from({ length: COURSES_AT_A_TIME }, (_, index) =>
        fc.assert(property, {
          seed: propertySeed + index,
          numRuns: propertyRuns(3),
          // Another course of time meets other moments: a shrunk course would say less than the whole.
          endOnFailure: true,
        }),
      ),
    );
    process.stderr.write(`${JSON.stringify(seen)}\n`);
    // The courses were about something.
    expect(seen.accepted).toBeGreaterThan(seen.courses);
    expect(seen.filed).toBeGreaterThan(seen.courses);
  },
  TIMEOUT_MS,
);
