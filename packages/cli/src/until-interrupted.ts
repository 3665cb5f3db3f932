/**
 * Runs what goes on until Ctrl-C or a SIGTERM ends it.
 *
 * @param run gets the signal that is aborted then; what it throws afterwards is its end, and no failure
 * @param interrupted what comes of it when it was ended
 */
export async function untilInterrupted<T>(
  run: (signal: AbortSignal) => Promise<T>,
  interrupted: T,
): Promise<T> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    return await run(stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return interrupted;
    throw error;
  }
}
