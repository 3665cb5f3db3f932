import { z } from 'zod';
import { deliveryResults, deliveryStates } from '../../domain/delivery.js';
import { deliveryIdSchema, EXAMPLE_DELIVERY, timestamp } from './common.js';

const deliveryState = z
  .enum(deliveryStates)
  .describe(
    'delivering: also while it waits for the next attempt. parked: a person is needed; retry or cancel it. ' +
      'superseded: a newer summary of the meeting took its place. expired: it was parked for too long.',
  );

const troubleSchema = z
  .object({
    code: z.string().describe('What went wrong, for programs.'),
    lastCode: z.string().optional().describe('What lasted until the retry window was over.'),
    status: z.int().optional().describe('HTTP status of SuperOffice’s last answer.'),
    held: z
      .boolean()
      .optional()
      .describe('No call was made: the trouble is the tenant’s, and known already.'),
    cause: z.string(),
    remedy: z.string().describe('What mends it.'),
  })
  .meta({ id: 'Trouble' });

export const deliverySchema = z
  .object({
    deliveryId: deliveryIdSchema,
    state: deliveryState,
    acceptedAt: timestamp,
    endedAt: timestamp.optional(),
    attempts: z.int().describe('Calls to SuperOffice so far.'),
    lastFailure: troubleSchema.optional(),
    nextAttemptAt: timestamp.optional(),
    result: z
      .enum(deliveryResults)
      .optional()
      .describe('What SuperOffice did. no-match: it knows no participant, and filed nothing.'),
    recordId: z.string().optional().describe('Id of the record in SuperOffice.'),
    matchedContacts: z.int().optional(),
    matchedCompanies: z.int().optional(),
    skipReason: z.string().optional(),
  })
  .meta({
    id: 'Delivery',
    examples: [
      {
        deliveryId: EXAMPLE_DELIVERY,
        state: 'delivered',
        acceptedAt: '2026-09-01T08:31:02.120Z',
        endedAt: '2026-09-01T08:31:03.480Z',
        attempts: 1,
        result: 'created',
        recordId: '4711',
        matchedContacts: 2,
        matchedCompanies: 1,
      },
      {
        deliveryId: EXAMPLE_DELIVERY,
        state: 'parked',
        acceptedAt: '2026-09-01T08:31:02.120Z',
        attempts: 1,
        lastFailure: {
          code: 'script-not-reached',
          status: 200,
          cause: 'SuperOffice answered with a web page instead of the receiver script.',
          remedy: 'Check the token key and the include name, and that the script allows the verb POST.',
        },
      },
    ],
  });

export const deliveryListSchema = z
  .object({
    deliveries: z.array(
      z.object({
        deliveryId: deliveryIdSchema,
        state: deliveryState,
        result: z.literal('no-match').optional(),
        trouble: z.string().optional().describe('Why a parked delivery is parked: a code.'),
        acceptedAt: timestamp,
        endedAt: timestamp.optional(),
      }),
    ),
    nextCursor: z.string().optional().describe('For the next page; absent on the last one.'),
  })
  .meta({
    id: 'DeliveryList',
    examples: [
      {
        deliveries: [
          {
            deliveryId: EXAMPLE_DELIVERY,
            state: 'parked',
            trouble: 'script-not-reached',
            acceptedAt: '2026-09-01T08:31:02.120Z',
          },
        ],
        nextCursor: 'c29tZXdoZXJl',
      },
    ],
  });

/** Where a page of the list ended. */
export const cursorSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,2000}$/, 'Give the nextCursor of the page before, unchanged.');

export const listQuery = z.object({
  state: deliveryState.optional().describe('Only those in this state.'),
  result: z.literal('no-match').optional().describe('Only those that matched nobody in SuperOffice.'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Deliveries of one page.'),
  cursor: cursorSchema
    .optional()
    .describe('The nextCursor of the page before, asked for with the same filters.'),
});

export const resendBody = z
  .object({ force: z.boolean().optional().describe('File it once more, whatever SuperOffice has of it.') })
  .nullish()
  .meta({ id: 'Resend', examples: [{ force: false }] });

export const requestedSchema = z
  .object({ deliveryId: deliveryIdSchema })
  .meta({ id: 'Requested', examples: [{ deliveryId: EXAMPLE_DELIVERY }] });

export const retriedSchema = z
  .object({ retried: z.int().describe('How many deliveries were parked.') })
  .meta({ id: 'Retried', examples: [{ retried: 3 }] });
