import { heartbeat } from '@temporalio/activity';

/**
 * Shows Temporal that the worker lives for as long as the work of an activity takes.
 *
 * @param beat for a heartbeat that tells more
 */
export async function whileAlive<T>(
  intervalMs: number,
  work: () => Promise<T>,
  beat: () => void = () => heartbeat(),
): Promise<T> {
  const alive = setInterval(beat, intervalMs);
  try {
    return await work();
  } finally {
    clearInterval(alive);
  }
}
