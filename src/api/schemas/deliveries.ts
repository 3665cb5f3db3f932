import { z } from 'zod';
import { deliveryResults, deliveryStates } from '../../domain/delivery.js';
import { timestamp } from './common.js';

const deliveryState = z.enum(deliveryStates);

const troubleSchema = z
  .object({
    code: z.string(),
    lastCode: z.string().optional().describe('What lasted until the retry window was over.'),
    status: z.int().optional().describe('HTTP status of SuperOffice’s last answer.'),
    held: z
      .boolean()
      .optional()
      .describe('No call was made: the trouble is the tenant’s, and known already.'),
    cause: z.string(),
    remedy: z.string(),
  })
  .meta({ id: 'Trouble' });

export const deliverySchema = z
  .object({
    deliveryId: z.string(),
    state: deliveryState,
    acceptedAt: timestamp,
    endedAt: timestamp.optional(),
    attempts: z.int().describe('Calls to SuperOffice so far.'),
    lastFailure: troubleSchema.optional(),
    nextAttemptAt: timestamp.optional(),
    result: z.enum(deliveryResults).optional(),
    recordId: z.string().optional().describe('Id of the record in SuperOffice.'),
    matchedContacts: z.int().optional(),
    matchedCompanies: z.int().optional(),
    skipReason: z.string().optional(),
  })
  .meta({ id: 'Delivery' });

export const deliveryListSchema = z
  .object({
    deliveries: z.array(
      z.object({
        deliveryId: z.string(),
        state: deliveryState,
        result: z.literal('no-match').optional(),
        trouble: z.string().optional().describe('Why a parked delivery is parked: a code.'),
        acceptedAt: timestamp,
        endedAt: timestamp.optional(),
      }),
    ),
    nextCursor: z.string().optional().describe('For the next page; absent on the last one.'),
  })
  .meta({ id: 'DeliveryList' });

export const listQuery = z.object({
  state: deliveryState.optional(),
  result: z.literal('no-match').optional().describe('Only those that matched nobody in SuperOffice.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,2000}$/, 'Give the nextCursor of the page before, unchanged.')
    .optional(),
});

export const acceptedSchema = z
  .object({ deliveryId: z.string(), state: z.literal('accepted'), duplicate: z.boolean() })
  .meta({ id: 'Accepted' });

export const skippedSchema = z
  .object({ state: z.literal('skipped'), reason: z.enum(['no-summary', 'not-connected', 'disabled']) })
  .meta({ id: 'Skipped' });

export const resendBody = z
  .object({ force: z.boolean().optional().describe('File it once more, whatever SuperOffice has of it.') })
  .nullish();

export const requestedSchema = z.object({ deliveryId: z.string() }).meta({ id: 'Requested' });

export const retriedSchema = z
  .object({ retried: z.int().describe('How many deliveries were parked.') })
  .meta({ id: 'Retried' });
