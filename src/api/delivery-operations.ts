import type { FastifyBaseLogger } from 'fastify';
import { ConflictError } from '../domain/errors.js';
import type { ApiDependencies } from './dependencies.js';

/*
 * What can be done to deliveries, whoever asks: the routes of the API and the settings page are two faces of it. Each
 * writes its line to the log.
 */

interface DeliveryIds {
  tenantId: string;
  deliveryId: string;
}

/** @throws NotFoundError, ConflictError as `Deliveries.retry` */
export async function retryDelivery(
  { deliveries }: Pick<ApiDependencies, 'deliveries'>,
  log: FastifyBaseLogger,
  { tenantId, deliveryId }: DeliveryIds,
): Promise<void> {
  await deliveries.retry(tenantId, deliveryId);
  log.info({ tenantId, deliveryId }, 'retry requested');
}

/** @throws NotFoundError, ConflictError as `Deliveries.cancel` */
export async function cancelDelivery(
  { deliveries }: Pick<ApiDependencies, 'deliveries'>,
  log: FastifyBaseLogger,
  { tenantId, deliveryId }: DeliveryIds,
): Promise<void> {
  await deliveries.cancel(tenantId, deliveryId);
  log.info({ tenantId, deliveryId }, 'cancel requested');
}

/**
 * @throws ConflictError for a tenant without SuperOffice: the delivery would begin only to be skipped
 * @throws NotFoundError, ConflictError as `Deliveries.resend`
 */
export async function resendDelivery(
  { connections, deliveries }: Pick<ApiDependencies, 'connections' | 'deliveries'>,
  log: FastifyBaseLogger,
  { tenantId, deliveryId }: DeliveryIds,
  { force }: { force: boolean },
): Promise<void> {
  if (!(await connections.find(tenantId))) {
    throw new ConflictError('SuperOffice is not connected; connect it, then send the summary again.');
  }
  await deliveries.resend(tenantId, deliveryId, { force });
  log.info({ tenantId, deliveryId, force }, 'resend requested');
}

/** Starts everything parked of a tenant again: how many deliveries that are. */
export async function retryAllParked(
  { deliveries, recovery }: Pick<ApiDependencies, 'deliveries' | 'recovery'>,
  log: FastifyBaseLogger,
  tenantId: string,
): Promise<number> {
  const retried = await deliveries.countParked(tenantId);
  if (retried > 0) await recovery.mended(tenantId, 'all');
  log.info({ tenantId, retried }, 'retry of all parked requested');
  return retried;
}
