import type { WorkflowHandle } from '@temporalio/client';

/** What the Temporal UI shows as the current details of a workflow. */
export async function currentDetailsOf(handle: Pick<WorkflowHandle, 'query'>): Promise<string> {
  const { currentDetails = '' } = await handle.query<{ currentDetails?: string }>(
    '__temporal_workflow_metadata',
  );
  return currentDetails;
}
