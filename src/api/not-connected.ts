import { NotFoundError } from '../domain/errors.js';

/** @throws NotFoundError what every route answers that needs a connection */
export function notConnected(tenantId: string): never {
  throw new NotFoundError(`Tenant "${tenantId}" is not connected to SuperOffice; connect it with PUT.`);
}
