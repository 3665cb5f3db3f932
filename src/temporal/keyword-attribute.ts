import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';

/** The value of a keyword search attribute of a listed workflow. */
export function keywordOf(
  info: temporal.api.workflow.v1.IWorkflowExecutionInfo,
  { name }: { name: string },
): string | undefined {
  const payload = info.searchAttributes?.indexedFields?.[name];
  return payload ? defaultPayloadConverter.fromPayload<string>(payload) : undefined;
}
