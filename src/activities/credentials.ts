import type { SealedConnection } from '../domain/connection.js';
import type { Sealing } from '../store/sealing.js';
import type { Credentials } from '../superoffice/client.js';

/**
 * Opens a connection's secrets, for the call that follows and for nothing else.
 *
 * @throws UnsealError when one of them can't be opened any more
 */
export async function openCredentials(
  sealing: Sealing,
  { tenantId, sealedToken, sealedSigningSecret }: SealedConnection,
): Promise<Credentials> {
  const token = await sealing.open(tenantId, sealedToken);
  if (sealedSigningSecret === null) return { token };
  return { token, signingSecret: await sealing.open(tenantId, sealedSigningSecret) };
}
