import { holdOf } from '../domain/connection.js';
import { wordsOf } from '../domain/diagnosis.js';
import type { ConnectionStore } from '../store/connections.js';
import type { Revisions } from '../store/revisions.js';
import type { Activities, DeliveryPolicy } from './types.js';

/**
 * `loadConnection` (local): the tenant's connection as far as a workflow may see it, without its secret; and this
 * summary's place among those of its meeting.
 */
export function createLoadConnection(
  connections: ConnectionStore,
  revisions: Revisions,
  policy: DeliveryPolicy,
): Activities['loadConnection'] {
  return async (input) => {
    const connection = await connections.find(input.tenantId);
    if (!connection) return { status: 'unavailable', reason: 'not-connected' };
    const entered = await revisions.enter(input);
    if (!entered) return { status: 'superseded' };
    const { timeZone, epoch } = connection;
    const usable = { epoch, policy, ...entered };
    const code = holdOf(connection, input.insist);
    if (code === null) return { status: 'connected', timeZone, ...usable };
    return { status: 'held', code, words: wordsOf(code), ...usable };
  };
}
