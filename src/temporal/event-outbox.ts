import { createHash } from 'node:crypto';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { OperationalEvent } from '../domain/operational-event.js';
import { summaryFor, tenantIdAttribute } from '../workflows/attributes.js';
import type { SendEvent } from '../workflows/send-event.js';

/** Takes events that are to be sent, each once. */
export interface EventOutbox {
  /** @param body as it is sent, the same bytes in every attempt */
  post(event: OperationalEvent, body: string): Promise<void>;
}

/** An outbox in which each event is a workflow of its own, `event/{tenant}/{id}`. */
export function createEventOutbox(client: Client, taskQueue: string): EventOutbox {
  return {
    async post(event, body) {
      const { tenantId, type } = event;
      const id = idOf(event);
      try {
        await client.workflow.start<typeof SendEvent>('SendEvent', {
          workflowId: `event/${tenantId}/${id}`,
          taskQueue,
          args: [{ id: `msg_${id}`, body }],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          typedSearchAttributes: [{ key: tenantIdAttribute, value: tenantId }],
          priority: { fairnessKey: tenantId },
          staticSummary: summaryFor(`${type}, tenant ${tenantId}`),
        });
      } catch (error) {
        // A repeated activity: the event is on its way already, or was sent.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
  };
}

function idOf({ type, tenantId, deliveryId = '', occurrenceId }: OperationalEvent): string {
  return createHash('sha256')
    .update(JSON.stringify([type, tenantId, deliveryId, occurrenceId]))
    .digest('hex')
    .slice(0, 32);
}
