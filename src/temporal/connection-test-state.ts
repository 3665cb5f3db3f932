import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { ConnectionTestReport, TestProgress } from '../domain/connection-test.js';
import type { TestConnection } from '../workflows/test-connection.js';
import { testWorkflowId } from './names.js';

/** How far a test of a connection is, or what the last one found. */
export type ConnectionTestState =
  | { state: 'never' }
  | ({ state: 'running'; startedAt: Date } & TestProgress)
  /** Without a report there was no connection to test, or the test itself failed. */
  | { state: 'ended'; startedAt: Date; report?: ConnectionTestReport };

/** Looks at a tenant's last test, as far as Temporal keeps it. */
export async function connectionTestStateOf(client: Client, tenantId: string): Promise<ConnectionTestState> {
  const handle = client.workflow.getHandle<typeof TestConnection>(testWorkflowId(tenantId));
  try {
    const description = await handle.describe();
    const { startTime: startedAt, status } = description;
    if (status.name === 'RUNNING') {
      return { state: 'running', startedAt, ...(await progressOf(client, description)) };
    }
    const report = status.name === 'COMPLETED' ? await handle.result() : undefined;
    return { state: 'ended', startedAt, ...(report && { report }) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { state: 'never' };
    throw error;
  }
}

/** What the running test has told with its last heartbeat. */
async function progressOf(client: Client, { raw }: WorkflowExecutionDescription): Promise<TestProgress> {
  const test = raw.pendingActivities?.find(({ activityType }) => activityType?.name === 'testConnection');
  const [progress] = await decodeArrayFromPayloads(
    client.options.loadedDataConverter,
    test?.heartbeatDetails?.payloads,
  );
  return (progress as TestProgress | undefined) ?? { passed: [] };
}
