import type { WorkerOptions } from '@temporalio/worker';
import { loadConfig } from '../../src/config.js';
import { generateSecrets } from '../../src/service/development-secrets.js';

/** Workflow tasks of the service beside those in which an attempt is made (`src/service/worker.ts`). */
const OTHER_WORKFLOW_TASKS = 40;

/** What a worker of the service may do at a time, and what it keeps, as it is by default. */
export function serviceSlots(): Pick<
  WorkerOptions,
  'maxConcurrentActivityTaskExecutions' | 'maxConcurrentWorkflowTaskExecutions' | 'maxCachedWorkflows'
> {
  const { maxConcurrentAttempts, firstAttempt } = loadConfig({ ...process.env, ...generateSecrets() }, 'all');
  const maxWorkflowTasks = firstAttempt.maxAtOnce + OTHER_WORKFLOW_TASKS;
  return {
    maxConcurrentActivityTaskExecutions: maxConcurrentAttempts,
    maxConcurrentWorkflowTaskExecutions: maxWorkflowTasks,
    maxCachedWorkflows: maxConcurrentAttempts + maxWorkflowTasks,
  };
}
