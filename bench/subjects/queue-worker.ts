import { type Child, startChild } from '../child.js';
import type { Place } from '../place.js';

/** Starts the worker of a queue, which calls SuperOffice by the service's own client. */
export function startQueueWorker(
  { sandbox, caFile }: Place,
  script: string,
  env: Record<string, string>,
): Promise<Child> {
  return startChild(script, { ...env, BENCH_DOMAIN: sandbox.domain, BENCH_CA_FILE: caFile });
}
