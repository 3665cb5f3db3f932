import type { ConnectionStore } from '../store/connections.js';
import type { Recovery } from '../temporal/recovery.js';
import type { Activities } from './types.js';

/**
 * `recheckParked` (local): for a parked delivery that missed the signal to start again. It also sees to it that a
 * trouble which is still noted has its recovery: somebody may have terminated that by hand.
 */
export function createRecheckParked(
  connections: ConnectionStore,
  recovery: Pick<Recovery, 'resume'>,
): Activities['recheckParked'] {
  return async ({ tenantId, epoch }) => {
    const connection = await connections.find(tenantId);
    if (!connection) return 'disconnected';
    const { enabled, attentionCode } = connection;
    if (enabled && attentionCode !== null) await recovery.resume(tenantId, attentionCode);
    const isHeld = !enabled || attentionCode !== null;
    return !isHeld && connection.epoch > epoch ? 'retry' : 'wait';
  };
}
