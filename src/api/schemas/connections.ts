import { z } from 'zod';
import type { SealedConnection } from '../../domain/connection.js';
import { type ConnectNotice, noticeDiagnoses } from '../../domain/connection-change.js';
import { diagnosisOf } from '../../domain/diagnosis.js';
import { timestamp } from './common.js';

const told = {
  code: z.string().describe('For programs.'),
  cause: z.string(),
  remedy: z.string().describe('What mends it.'),
};

/** A connection as the API shows it: everything but its secrets. */
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
    domainPrefix: z.string().describe('Subdomain of the customer’s SuperOffice.'),
    customerInstance: z.string(),
    tokenHint: z
      .string()
      .optional()
      .describe('The last characters of the token, where it is long enough to tell some of it.'),
    includeId: z.string().describe('Include name of the receiver script.'),
    timeZone: z.string().describe('SuperOffice’s base time zone (IANA).'),
    signsRequests: z.boolean().describe('Whether there is a signing secret.'),
    endpoint: z.string().optional().describe('Host at which the customer lives, as far as SuperOffice said.'),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({
    id: 'Connection',
    examples: [
      {
        state: 'connected',
        domainPrefix: 'online2',
        customerInstance: 'Cust12345',
        tokenHint: 'x7Qd',
        includeId: 'dci-receive-summary',
        timeZone: 'Europe/Stockholm',
        signsRequests: false,
        endpoint: 'online2.superoffice.com',
        createdAt: '2026-09-01T07:00:00.000Z',
        updatedAt: '2026-09-01T07:00:00.000Z',
      },
    ],
  });

/** How a connection is doing, in a word. */
export type ConnectionState = z.output<typeof connectionSchema>['state'];

export const connectionPatch = z
  .object({
    enabled: z.boolean().describe('false pauses the sync and keeps the credentials; true resumes it.'),
  })
  .meta({ id: 'ConnectionPatch', examples: [{ enabled: false }] });

export const connectingSchema = z
  .object({ state: z.literal('connecting') })
  .meta({ id: 'Connecting', examples: [{ state: 'connecting' }] });

export const disconnectedSchema = z
  .object({
    state: z.literal('disconnected'),
    cancelledDeliveries: z.int().describe('Deliveries that were under way or parked.'),
  })
  .meta({ id: 'Disconnected', examples: [{ state: 'disconnected', cancelledDeliveries: 2 }] });

export const disconnectingSchema = z
  .object({ state: z.literal('disconnecting') })
  .meta({ id: 'Disconnecting', examples: [{ state: 'disconnecting' }] });

export function connectionView(
  connection: Omit<SealedConnection, 'sealedToken'>,
  notice?: ConnectNotice,
): z.output<typeof connectionSchema> {
  const { domainPrefix, customerInstance, includeId, timeZone, createdAt, updatedAt } = connection;
  const { endpoint, attentionCode, attentionSince, tokenHint } = connection;
  return {
    state: connectionStateOf(connection),
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
    ...(tokenHint !== null && { tokenHint }),
    includeId,
    timeZone,
    signsRequests: connection.sealedSigningSecret !== null,
    ...(endpoint !== null && { endpoint: new URL(endpoint).host }),
    createdAt,
    updatedAt,
  };
}

/** How a connection is doing, from what is stored of it. */
export function connectionStateOf({
  enabled,
  attentionCode,
}: Pick<SealedConnection, 'enabled' | 'attentionCode'>): ConnectionState {
  if (!enabled) return 'paused';
  return attentionCode === null ? 'connected' : 'attention-needed';
}
