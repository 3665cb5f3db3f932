import { z } from 'zod';
import { diagnosisOf, type PermanentTrouble, permanentTroubles } from '../../domain/diagnosis.js';
import type { OperationsOverview } from '../operations-overview.js';
import { EXAMPLE_DELIVERY, EXAMPLE_TENANT, timestamp } from './common.js';

const count = z.int().min(0);
const troubleFields = { code: z.string(), cause: z.string(), remedy: z.string() };
const waitingFields = { tenantId: z.string(), deliveryId: z.string(), acceptedAt: timestamp };

const waitingExample = { tenantId: EXAMPLE_TENANT, deliveryId: EXAMPLE_DELIVERY };

const overviewExample = {
  at: '2026-09-03T10:00:00.000Z',
  workers: 2,
  backlog: 0,
  connections: { total: 812, paused: 4, troubled: 1 },
  deliveries: {
    underWay: 3,
    slow: 1,
    parked: 17,
    acceptedLastHour: 640,
    deliveredLastHour: 636,
    deliveredLastDay: 9_112,
    parkedByTrouble: [{ code: 'unauthorized', ...diagnosisOf('unauthorized'), parked: 17 }],
    oldestParked: [{ ...waitingExample, acceptedAt: '2026-09-02T14:03:11.000Z', trouble: 'unauthorized' }],
    oldestSlow: [
      {
        tenantId: 'globex',
        deliveryId: '9d0e6a2b4c8f4f0aa1b2c3d4e5f60718',
        acceptedAt: '2026-09-03T09:41:00.000Z',
        attempts: 4,
        lastFailure: 'maintenance',
        nextAttemptAt: '2026-09-03T10:06:30.000Z',
      },
    ],
  },
  tenants: [
    {
      tenantId: EXAMPLE_TENANT,
      trouble: 'unauthorized',
      attentionSince: '2026-09-02T14:03:12.000Z',
      parked: 17,
    },
  ],
};

export const overviewSchema = z
  .object({
    at: timestamp.describe('The figures are as of then: a few seconds old at most.'),
    workers: count.describe('Workers that asked for work within the last two minutes.'),
    backlog: count.describe('Tasks that no worker has taken yet, about.'),
    connections: z.object({
      total: count,
      paused: count,
      troubled: count.describe('Those that need attention.'),
    }),
    deliveries: z.object({
      underWay: count,
      slow: count.describe('Under way for more than a minute: retried, or in line behind others.'),
      parked: count,
      acceptedLastHour: count,
      deliveredLastHour: count,
      deliveredLastDay: count,
      parkedByTrouble: z
        .array(z.object({ ...troubleFields, parked: count }))
        .describe('The most frequent first.'),
      oldestParked: z
        .array(z.object({ ...waitingFields, trouble: z.string() }))
        .describe('Twenty at most, the oldest first.'),
      oldestSlow: z
        .array(
          z.object({
            ...waitingFields,
            attempts: count,
            lastFailure: z.string().optional().describe('Why the last attempt failed: a code.'),
            nextAttemptAt: timestamp.optional(),
          }),
        )
        .describe('Twenty at most, the oldest first.'),
    }),
    tenants: z
      .array(
        z.object({
          tenantId: z.string(),
          trouble: z.string().describe('A code.'),
          attentionSince: timestamp
            .optional()
            .describe('Since when its connection needs attention; absent where only deliveries are parked.'),
          parked: count,
        }),
      )
      .describe(
        'Twenty at most: those whose connection needs attention, the longest first; then others with parked deliveries.',
      ),
  })
  .meta({ id: 'OperationsOverview', examples: [overviewExample] });

/** An overview as the API answers it: each trouble with cause and remedy. */
export function overviewAnswerOf({
  deliveries,
  ...overview
}: OperationsOverview): z.output<typeof overviewSchema> {
  const parkedByTrouble = deliveries.parkedByTrouble.map((one) => ({ ...one, ...diagnosisOf(one.code) }));
  return { ...overview, deliveries: { ...deliveries, parkedByTrouble } };
}

export const retryTroubleBody = z
  .object({ trouble: z.enum(Object.keys(permanentTroubles) as [PermanentTrouble]).describe('Its code.') })
  .meta({ id: 'RetryTrouble', examples: [{ trouble: 'script-not-reached' }] });

export const batchSchema = z
  .object({
    recoveries: count.describe('Tenants of whom a test call is made, before what is parked starts again.'),
    deliveries: count.describe('Parked deliveries. Those of these tenants wait for the test call.'),
  })
  .meta({ id: 'RetryBatch', examples: [{ recoveries: 1, deliveries: 12 }] });
