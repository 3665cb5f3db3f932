import type { Client } from '@temporalio/client';
import type { RetryRequester } from '../domain/delivery.js';
import type { RecoveryPolicy } from '../domain/recovery.js';
import { summaryFor, tenantIdAttribute } from '../workflows/attributes.js';
import { mendedSignal, troubleSignal } from '../workflows/messages.js';
import type { RecoverConnection } from '../workflows/recover-connection.js';
import { recoveryWorkflowId } from './names.js';
import { callInTime, isGone } from './unavailable.js';

/**
 * The recoveries of all tenants: at most one workflow a tenant, started by whoever first has something to tell it.
 * Every method throws `UnavailableError` while Temporal is away.
 */
export interface Recovery {
  /** A delivery met a trouble that stops all of the tenant's. */
  trouble(tenantId: string, code: string): Promise<void>;
  /** The trouble is still noted: its recovery begins again, should it not be running. */
  resume(tenantId: string, code: string): Promise<void>;
  /** Somebody mended it, or may have: what is parked starts again. */
  mended(tenantId: string, requester: RetryRequester): Promise<void>;
}

/** Recoveries worked on by the workers of a task queue. */
export function createRecovery(client: Client, taskQueue: string, policy: RecoveryPolicy): Recovery {
  async function tell(
    tenantId: string,
    signal: typeof troubleSignal | typeof mendedSignal,
    argument: string,
  ): Promise<void> {
    await callInTime(client, () =>
      client.workflow.signalWithStart<typeof RecoverConnection, [string]>('RecoverConnection', {
        workflowId: recoveryWorkflowId(tenantId),
        taskQueue,
        args: [{ tenantId, policy }],
        typedSearchAttributes: [{ key: tenantIdAttribute, value: tenantId }],
        priority: { fairnessKey: tenantId },
        staticSummary: summaryFor(`trouble of tenant ${tenantId}, and what waits behind it`),
        signal: signal.name,
        signalArgs: [argument],
      }),
    );
  }
  async function isRunning(tenantId: string): Promise<boolean> {
    const handle = client.workflow.getHandle(recoveryWorkflowId(tenantId));
    try {
      return (await callInTime(client, () => handle.describe())).status.name === 'RUNNING';
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }
  return {
    trouble: (tenantId, code) => tell(tenantId, troubleSignal, code),
    async resume(tenantId, code) {
      if (!(await isRunning(tenantId))) await tell(tenantId, troubleSignal, code);
    },
    mended: (tenantId, requester) => tell(tenantId, mendedSignal, requester),
  };
}
