import { closeSync, openSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';

const ROTATE_BYTES = 10_000_000;
const TAIL_BYTES = 4_000;

/** A server's log file, opened for appending, and where this run's part begins. */
export interface ServerLog {
  readonly descriptor: number;
  /** The end of what this run has written so far. */
  tail(): Promise<string>;
  /** Closes the descriptor, which the child has a copy of. */
  close(): void;
}

/** Opens the log at `path`; one that grew beyond 10 MB is set aside as `<path>.1` first. */
export async function openServerLog(path: string): Promise<ServerLog> {
  let startBytes = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (startBytes > ROTATE_BYTES) {
    await rename(path, `${path}.1`);
    startBytes = 0;
  }
  const descriptor = openSync(path, 'a');
  return {
    descriptor,
    tail: async () => {
      const file = await open(path, 'r');
      try {
        const { size } = await file.stat();
        const from = Math.max(startBytes, size - TAIL_BYTES);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
        return buffer.toString('utf8', 0, bytesRead).trim();
      } finally {
        await file.close();
      }
    },
    close: () => closeSync(descriptor),
  };
}
