import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { adoptServer } from './adopt-server.js';
import type { DevServer, DevServerOptions } from './dev-server.js';
import { withFileLock } from './file-lock.js';
import { freePort } from './free-port.js';
import { ensureExecutable } from './install-executable.js';
import { launchServer, PortTakenError } from './launch-server.js';
import type { ServerPlace } from './server-arguments.js';
import { readServerState } from './server-state.js';

const ATTEMPTS = 4;

/**
 * Starts a Temporal dev server as a process of its own group, on free ports, and returns when it answers. A
 * server that an earlier process left running on the same data folder is used again. The server outlives this
 * process unless `stop` is called: a service that is killed finds it again at its next start.
 * @throws Error with the end of the server's log when it does not come up within 60 s, or the installer's
 * error when there is no Temporal CLI
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const dataDir = resolve(options.dataDir);
  const report = options.report ?? (() => undefined);
  const namespace = options.namespace ?? 'default';
  const databaseFile = options.inMemory === true ? undefined : join(dataDir, 'temporal.db');
  await mkdir(dataDir, { recursive: true });
  const executable = options.executable ?? (await ensureExecutable({ report }));
  return withFileLock(
    join(dataDir, 'temporal.lock'),
    (pid, seconds) =>
      report(`Process ${pid} is starting a Temporal server here; waiting for it (${seconds} s)…`),
    async () => {
      const running =
        databaseFile === undefined ? undefined : await adoptServer(dataDir, databaseFile, namespace, report);
      return (
        running ?? (await startAnew(executable, dataDir, databaseFile, { ...options, namespace, report }))
      );
    },
  );
}

async function startAnew(
  executable: string,
  dataDir: string,
  databaseFile: string | undefined,
  options: DevServerOptions,
): Promise<DevServer> {
  const ip = options.ip ?? '127.0.0.1';
  const previous = databaseFile === undefined ? undefined : await readServerState(dataDir);
  for (let attempt = 1; ; attempt += 1) {
    // The ports of the last time, when they are free, keep a bookmark of the UI good.
    const port = await freePort(ip, attempt === 1 ? portOf(previous?.address) : 0);
    const uiPort =
      options.ui === false ? undefined : await freePort(ip, attempt === 1 ? portOf(previous?.uiUrl) : 0);
    const place: ServerPlace = { ip, port, uiPort, databaseFile };
    try {
      return await launchServer(executable, dataDir, place, options);
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === ATTEMPTS) throw error;
    }
  }
}

function portOf(place: string | undefined): number {
  return Number(place?.split(':').at(-1) ?? 0) || 0;
}
