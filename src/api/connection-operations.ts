import type { FastifyBaseLogger } from 'fastify';
import type { ConnectOutcome, DisconnectOutcome } from '../domain/connection-change.js';
import type { ConnectionInput } from '../domain/connection-input.js';
import type { SealedConnection } from '../domain/connection.js';
import { tokenHintOf } from '../domain/token-hint.js';
import type { ApiDependencies } from './dependencies.js';
import { notConnected } from './not-connected.js';

/*
 * What can be done to a connection, whoever asks: the routes of the API and the settings page are two faces of it.
 * Each writes its line to the log.
 */

/**
 * Connects a tenant; its secrets are sealed before anything else sees them. Undefined: it takes longer, and goes on.
 *
 * @throws ConflictError while another change of the same tenant is under way
 */
export async function connectTenant(
  { sealing, connectionChanges }: Pick<ApiDependencies, 'sealing' | 'connectionChanges'>,
  log: FastifyBaseLogger,
  tenantId: string,
  { token, signingSecret, ...settings }: ConnectionInput,
): Promise<ConnectOutcome | undefined> {
  const sealedToken = await sealing.seal(tenantId, token);
  const tokenHint = tokenHintOf(token);
  const outcome = await connectionChanges.connect({
    tenantId,
    ...settings,
    sealedToken,
    ...(tokenHint !== undefined && { tokenHint }),
    ...(signingSecret !== undefined && {
      sealedSigningSecret: await sealing.seal(tenantId, signingSecret),
    }),
  });
  const { customerInstance } = settings;
  log.info({ tenantId, customerInstance, ...outcome }, 'connection requested');
  return outcome;
}

/**
 * Pauses or resumes; a resume starts everything parked again, or changes nothing.
 *
 * @throws NotFoundError when the tenant is not connected
 * @throws UnavailableError when nobody can be told to start what is parked
 */
export async function setConnectionEnabled(
  { connections, recovery }: Pick<ApiDependencies, 'connections' | 'recovery'>,
  log: FastifyBaseLogger,
  tenantId: string,
  enabled: boolean,
): Promise<SealedConnection> {
  const wasPaused = enabled && (await connections.find(tenantId))?.enabled === false;
  const connection = (await connections.setEnabled(tenantId, enabled)) ?? notConnected(tenantId);
  try {
    if (enabled) await recovery.mended(tenantId, 'all');
  } catch (error) {
    // Whoever is told that nothing happened believes that it is paused still.
    if (wasPaused) await connections.setEnabled(tenantId, false);
    throw error;
  }
  log.info({ tenantId, enabled }, 'connection paused or resumed');
  return connection;
}

/**
 * Disconnects a tenant. Undefined: it takes longer, and goes on.
 *
 * @throws NotFoundError when the tenant is not connected
 * @throws ConflictError as `connectTenant`
 */
export async function disconnectTenant(
  { connections, connectionChanges }: Pick<ApiDependencies, 'connections' | 'connectionChanges'>,
  log: FastifyBaseLogger,
  tenantId: string,
): Promise<DisconnectOutcome | undefined> {
  if (!(await connections.find(tenantId))) notConnected(tenantId);
  const outcome = await connectionChanges.disconnect(tenantId);
  log.info({ tenantId, ...outcome }, 'disconnect requested');
  return outcome;
}
