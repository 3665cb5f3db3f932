import type { ConnectionStore } from '../store/connections.js';
import type { Activities } from './types.js';

/** `recheckParked` (local): for a parked delivery that missed the signal to start again. */
export function createRecheckParked(connections: ConnectionStore): Activities['recheckParked'] {
  return async ({ tenantId, epoch }) => {
    const connection = await connections.find(tenantId);
    if (!connection) return 'disconnected';
    const isHeld = !connection.enabled || connection.attentionCode !== null;
    return !isHeld && connection.epoch > epoch ? 'retry' : 'wait';
  };
}
