import { z } from 'zod';
import { summarySchema } from '../../domain/summary.js';
import { EXAMPLE_DELIVERY, EXAMPLE_TENANT } from './common.js';

export const summaryBody = summarySchema.meta({
  id: 'Summary',
  inputExamples: [
    {
      meetingId: 'm-1',
      meetingName: 'Kick-off',
      summary: 'We agreed to start.\n\n- Asa sends the contract.',
      startsAt: '2026-09-01T10:00:00+02:00',
      endsAt: '2026-09-01T10:30:00+02:00',
      meetingType: 'video',
      presenterEmail: 'sara.holm@dstny-demo.example',
      participantEmails: ['asa.akerlund@akerlunds.example'],
      recordingUrl: 'https://ci.dstny.example/recordings/m-1',
      location: 'Teams',
      generatedAt: '2026-09-01T10:31:00+02:00',
    },
  ],
});

export const acceptedSchema = z
  .object({
    deliveryId: z.string().describe('Ask for it under …/deliveries/{deliveryId}.'),
    state: z.literal('accepted'),
    duplicate: z.boolean().describe('true: the same summary was handed in before; nothing was started.'),
  })
  .meta({
    id: 'Accepted',
    examples: [{ deliveryId: EXAMPLE_DELIVERY, state: 'accepted', duplicate: false }],
  });

const skippedSchema = z
  .object({
    state: z.literal('skipped'),
    reason: z
      .enum(['no-summary', 'not-connected', 'disabled'])
      .describe(
        'no-summary: the meeting has no summary text. not-connected: the tenant has no SuperOffice. disabled: its sync is paused.',
      ),
  })
  .meta({ id: 'Skipped', examples: [{ state: 'skipped', reason: 'not-connected' }] });

/** The answer to a summary that started nothing. */
export const submissionSchema = z.union([acceptedSchema, skippedSchema]).meta({
  examples: [
    { deliveryId: EXAMPLE_DELIVERY, state: 'accepted', duplicate: true },
    { state: 'skipped', reason: 'no-summary' },
  ],
});

/** What the answer to a summary has beside its body, and what can be asked with it; absent where it was skipped. */
export const beyondSubmission = {
  headers: {
    location: {
      description: 'Where to ask what becomes of the summary; absent where it is skipped.',
      schema: { type: 'string' },
      example: `/v1/tenants/${EXAMPLE_TENANT}/deliveries/${EXAMPLE_DELIVERY}`,
    },
  },
  links: Object.fromEntries(
    ['getDelivery', 'retryDelivery', 'cancelDelivery', 'resendDelivery'].map((operationId) => [
      operationId,
      {
        operationId,
        parameters: { tenantId: '$request.path.tenantId', deliveryId: '$response.body#/deliveryId' },
      },
    ]),
  ),
};
