import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ground } from '../../../chaos/ground.js';
import { chaosSettings } from '../../../chaos/settings.js';
import {
  apiTokenOf,
  type EntryPoint,
  sandboxEnvironment,
  startService,
} from '../../../demo/service-process.js';
import { startSandbox } from '../../../sandbox/start.js';
import { generateSecrets } from '../../../src/service/development-secrets.js';
import type { DevServer } from '../../../src/temporal/dev-server/dev-server.js';
import { freePort } from '../../../src/temporal/dev-server/free-port.js';
import { startDevServer } from '../../../src/temporal/dev-server/start-dev-server.js';
import type { Part, PartProcess } from '../../../stack/part.js';
import { startPostgresServer } from '../../../stack/postgres/server.js';
import { createDatabase } from '../../support/databases.js';

/** What a run needs of servers that may be killed, of what is on every machine: a dev server, and a PostgreSQL. */
export async function startDevGround(workers: number): Promise<Ground & { logs: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-'));
  const opened: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 5 })];
  const close = async () => {
    for (const stop of opened.splice(0).reverse()) await stop();
  };
  try {
    const caFile = join(folder, 'sandbox-ca.pem');
    const sandbox = await startSandbox({ caFile });
    opened.push(() => sandbox.close());
    const postgres = await startPostgresServer();
    opened.push(() => postgres.stop());
    const database = await createDatabase(postgres.url);
    const startTemporal = () => startDevServer({ dataDir: join(folder, 'temporal'), ui: false });
    const temporal = await startTemporal();
    opened.push(() => temporal.stop());
    const parts: Part[] = [
      { name: 'postgres', process: postgres.process, startAgain: () => postgres.startAgain() },
      {
        name: 'temporal',
        process: processOf(temporal),
        startAgain: async () => processOf(sameAddress(await startTemporal(), temporal.address)),
      },
    ];

    const secrets = generateSecrets();
    const startPart = async (name: string, entryPoint: EntryPoint, port: number) => {
      const env = {
        ...secrets,
        ...chaosSettings,
        ...sandboxEnvironment(sandbox, caFile),
        DATABASE_URL: database.url,
        TEMPORAL_ADDRESS: temporal.address,
        DATA_DIR: folder,
        PORT: String(port),
      };
      const startAgain = () => startService(env, join(folder, `${name}.log`), entryPoint);
      const process = await startAgain();
      opened.push(() => process.stop());
      parts.push({ name, process, startAgain });
      return process;
    };
    const names = Array.from({ length: workers }, (_, index) => `worker-${index + 1}`);
    const [api] = await Promise.all([
      startPart('api', 'server', await freePort('127.0.0.1')),
      ...names.map((name) => startPart(name, 'worker', 0)),
    ]);
    return { apiUrl: api.url, apiToken: apiTokenOf(secrets), sandbox, parts, logs: folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function processOf(server: DevServer): PartProcess {
  const { pid, exited } = server;
  return {
    pid,
    ended: exited,
    async kill() {
      process.kill(pid, 'SIGKILL');
      await exited;
    },
    stop: () => server.stop(),
  };
}

function sameAddress(server: DevServer, address: string): DevServer {
  if (server.address !== address) throw new Error(`The Temporal server came back at ${server.address}.`);
  return server;
}
