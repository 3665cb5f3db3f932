import { z } from 'zod';
import type { Connection } from '../../domain/connection.js';
import { timestamp } from './common.js';

/** A connection as the API shows it: everything but the token. */
export const connectionSchema = z
  .object({
    state: z.enum(['connected', 'disabled']),
    domainPrefix: z.string(),
    customerInstance: z.string(),
    includeId: z.string(),
    timeZone: z.string(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Connection' });

export function connectionView(connection: Connection): z.output<typeof connectionSchema> {
  const { domainPrefix, customerInstance, includeId, timeZone, createdAt, updatedAt } = connection;
  const state = connection.enabled ? 'connected' : 'disabled';
  return { state, domainPrefix, customerInstance, includeId, timeZone, createdAt, updatedAt };
}
