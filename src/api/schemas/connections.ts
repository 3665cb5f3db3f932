import { z } from 'zod';
import type { Connection } from '../../domain/connection.js';
import { type ConnectNotice, noticeDiagnoses } from '../../domain/connection-change.js';
import { diagnosisOf } from '../../domain/diagnosis.js';
import { timestamp } from './common.js';

const told = { code: z.string(), cause: z.string(), remedy: z.string() };

/** A connection as the API shows it: everything but the token. */
export const connectionSchema = z
  .object({
    state: z
      .enum(['connected', 'paused', 'attention-needed'])
      .describe('attention-needed: no summary gets through until "attention" is mended.'),
    attention: z.object({ ...told, since: timestamp }).optional(),
    notice: z
      .object(told)
      .optional()
      .describe('What SuperOffice said while the connection was made; only in the answer to PUT.'),
    domainPrefix: z.string(),
    customerInstance: z.string(),
    includeId: z.string(),
    timeZone: z.string(),
    endpoint: z.string().optional().describe('Host at which the customer lives, as far as SuperOffice said.'),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Connection' });

export const connectionPatch = z.object({
  enabled: z.boolean().describe('false pauses the sync and keeps the credentials; true resumes it.'),
});

export const connectingSchema = z.object({ state: z.literal('connecting') }).meta({ id: 'Connecting' });

export const disconnectedSchema = z
  .object({
    state: z.literal('disconnected'),
    cancelledDeliveries: z.int().describe('Deliveries that were under way or parked.'),
  })
  .meta({ id: 'Disconnected' });

export const disconnectingSchema = z
  .object({ state: z.literal('disconnecting') })
  .meta({ id: 'Disconnecting' });

export function connectionView(
  connection: Connection,
  notice?: ConnectNotice,
): z.output<typeof connectionSchema> {
  const { domainPrefix, customerInstance, includeId, timeZone, createdAt, updatedAt } = connection;
  const { endpoint, attentionCode, attentionSince } = connection;
  return {
    state: stateOf(connection),
    ...(attentionCode !== null && {
      attention: {
        code: attentionCode,
        ...diagnosisOf(attentionCode),
        since: attentionSince ?? updatedAt,
      },
    }),
    ...(notice && { notice: { code: notice, ...noticeDiagnoses[notice] } }),
    domainPrefix,
    customerInstance,
    includeId,
    timeZone,
    ...(endpoint !== null && { endpoint: new URL(endpoint).host }),
    createdAt,
    updatedAt,
  };
}

function stateOf({ enabled, attentionCode }: Connection): z.output<typeof connectionSchema>['state'] {
  if (!enabled) return 'paused';
  return attentionCode === null ? 'connected' : 'attention-needed';
}
