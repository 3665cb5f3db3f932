import { isTenantTrouble, wordsOf } from '../domain/diagnosis.js';
import type { ConnectionStore } from '../store/connections.js';
import { whileAlive } from './alive.js';
import { retryFailure } from './failures.js';
import { callForTest, type TestCallDependencies } from './test-call.js';
import type { Activities, ProbeResult } from './types.js';

export interface ProbeConnectionDependencies extends TestCallDependencies {
  connections: ConnectionStore;
}

/**
 * `probeConnection` (regular): one test call in place of all deliveries that wait. Notes in the database what it
 * finds: that is where deliveries look.
 */
export function createProbeConnection(
  dependencies: ProbeConnectionDependencies,
): Activities['probeConnection'] {
  const { connections, heartbeatIntervalMs } = dependencies;
  return async ({ tenantId, isMended, isAnnounced }) => {
    const connection = await connections.find(tenantId);
    if (!connection) return { status: 'moot' };
    if (!connection.enabled) return { status: isAnnounced === true ? 'paused' : 'moot' };
    if (isMended && connection.attentionCode === null) return { status: 'over' };
    const result = await whileAlive(heartbeatIntervalMs, () => callForTest(dependencies, connection));
    if ('waitMs' in result) throw retryFailure('waiting-turn', result.waitMs, { attempt: 0 });
    const { meaning } = result;
    if (meaning.next === 'park' && isTenantTrouble(meaning.code)) {
      await connections.raiseAttention(tenantId, connection.epoch, meaning.code);
      return troubled(meaning.code);
    }
    // What passes by itself says nothing about the trouble that was met; nor does a refusal by something before the script.
    if (meaning.next === 'retry') {
      const isUnclear = connection.attentionCode === null && isAnnounced !== undefined;
      const code = connection.attentionCode ?? meaning.code;
      return isUnclear ? { status: 'unclear', code, words: wordsOf(code) } : troubled(code);
    }
    const isBeforeScript = meaning.next === 'park' && meaning.code !== 'script-refused';
    if (isBeforeScript && connection.attentionCode !== null) return troubled(connection.attentionCode);
    await connections.clearAttention(tenantId);
    return { status: 'over' };
  };
}

function troubled(code: string): ProbeResult {
  return { status: 'troubled', code, words: wordsOf(code) };
}
