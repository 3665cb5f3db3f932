import { heartbeat } from '@temporalio/activity';

/** Shows Temporal that the worker lives for as long as the work of an activity takes. */
export async function whileAlive<T>(intervalMs: number, work: () => Promise<T>): Promise<T> {
  const alive = setInterval(() => heartbeat(), intervalMs);
  try {
    return await work();
  } finally {
    clearInterval(alive);
  }
}
