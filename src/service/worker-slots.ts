import type { WorkerOptions } from '@temporalio/worker';
import type { Config } from '../config.js';

/** Workflow tasks beside those in which an attempt is made. */
const OTHER_WORKFLOW_TASKS = 40;

/** What a worker may do at a time, and what it keeps in memory. */
export function workerSlots({
  maxConcurrentAttempts,
  firstAttempt,
}: Pick<Config, 'maxConcurrentAttempts' | 'firstAttempt'>): Pick<
  WorkerOptions,
  'maxConcurrentActivityTaskExecutions' | 'maxConcurrentWorkflowTaskExecutions' | 'maxCachedWorkflows'
> {
  // An attempt at once holds its workflow task; those of other workflows must not wait for it.
  const workflowTasks = firstAttempt.maxAtOnce + OTHER_WORKFLOW_TASKS;
  return {
    maxConcurrentActivityTaskExecutions: maxConcurrentAttempts,
    maxConcurrentWorkflowTaskExecutions: workflowTasks,
    // Those with something under way. A delivery that waits for SuperOffice, for hours perhaps, is Temporal's to keep: read
    // from its short history again when its turn comes. Thousands of them would cost 150 KiB each, and the SDK keeps some 600 for
    // each GiB of heap.
    maxCachedWorkflows: maxConcurrentAttempts + workflowTasks,
  };
}
