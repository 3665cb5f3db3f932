import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sandboxEnvironment, type ServiceProcess, startService } from '../demo/service-process.js';
import { type Sandbox, startSandbox } from '../sandbox/start.js';
import { claimDataFolder } from '../src/service/data-folder.js';
import { freePort } from '../src/temporal/dev-server/free-port.js';
import { readComposeFile } from './compose-file.js';
import { type Databases, startDatabases } from './databases.js';
import { makeEnvFile } from './env-file.js';
import type { Part } from './part.js';
import { type RunningTemporal, type RunningTemporalUi, startTemporal, startTemporalUi } from './temporal.js';

const IP = '127.0.0.1';

/** The parts of docker-compose.yml as processes of this machine, all of them ready. */
export interface Stack {
  folder: string;
  databases: Databases;
  temporal: RunningTemporal;
  temporalUi: RunningTemporalUi;
  /** Versions of Temporal's server and UI. */
  versions: { temporal: string; temporalUi: string };
  api: ServiceProcess;
  apiToken: string;
  workers: ServiceProcess[];
  /** What of it a supervisor can start again: PostgreSQL, Temporal, the API and each worker, in this order. */
  parts: Part[];
  /** Absent where real SuperOffice tenants are called. */
  sandbox?: Sandbox;
  close(): Promise<void>;
}

/** What `startStack` takes. */
export interface StackOptions {
  /** Emptied first; what is in it afterwards are logs. */
  folder: string;
  /** Whether a stand-in for SuperOffice is called, and nothing else. */
  sandbox: boolean;
  /** Settings of the service beside those of docker-compose.yml. */
  settings?: Readonly<Record<string, string>>;
  report: (line: string) => void;
}

/**
 * Starts PostgreSQL, Temporal, its UI, the API and the workers with the settings of docker-compose.yml and fresh
 * secrets. Only addresses differ: everything listens on this machine alone.
 *
 * @throws Error that says which part did not start, with the end of its log
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const folder = resolve(options.folder);
  const opened: (() => unknown)[] = [];
  const close = async () => {
    for (const stop of opened.splice(0).reverse()) await stop();
  };
  try {
    opened.push(claimDataFolder(folder).release);
    return { ...(await open({ ...options, folder }, opened)), folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  { folder, sandbox: withSandbox, settings = {}, report }: StackOptions,
  opened: (() => unknown)[],
): Promise<Omit<Stack, 'folder' | 'close'>> {
  for (const part of ['.env', 'bin', 'logs', 'tests.env'])
    await rm(join(folder, part), { recursive: true, force: true });
  const logs = join(folder, 'logs');
  await mkdir(logs);
  const secrets = makeEnvFile(join(folder, '.env'));
  const [apiPort, uiPort] = await Promise.all([freePort(IP, 3000), freePort(IP, 8080)]);
  const uiUrl = `http://localhost:${uiPort}`;
  const service = readComposeFile({ ...secrets, TEMPORAL_UI_URL: uiUrl });

  report('Starting PostgreSQL …');
  const databases = await startDatabases(service('postgres'));
  opened.push(() => databases.stop());
  const place = { folder: logs, database: databases, report };
  const temporal = await startTemporal(service, place);
  opened.push(() => temporal.stop());
  const temporalUi = await startTemporalUi(service, place, {
    temporalAddress: temporal.address,
    codecUrl: `http://localhost:${apiPort}/codec`,
    url: uiUrl,
  });
  opened.push(() => temporalUi.stop());

  const caFile = join(folder, 'sandbox-ca.pem');
  const sandbox = withSandbox ? await startSandbox({ caFile }) : undefined;
  if (sandbox) opened.push(() => sandbox.close());
  const environmentOf = (name: string) => {
    const { environment } = service(name);
    return {
      ...environment,
      ...(sandbox && sandboxEnvironment(sandbox, caFile)),
      DATABASE_URL: atHome(environment.DATABASE_URL ?? '', databases),
      TEMPORAL_ADDRESS: temporal.address,
      DATA_DIR: folder,
      ...settings,
    };
  };

  report('Starting the API and the workers …');
  const parts: Part[] = [
    { name: 'postgres', process: databases.process, startAgain: () => databases.startAgain() },
    { name: 'temporal', process: temporal, startAgain: () => temporal.startAgain() },
  ];
  const start = async (kind: 'api' | 'worker', name: string, env: NodeJS.ProcessEnv) => {
    const entryPoint = kind === 'api' ? 'server' : 'worker';
    const startAgain = () =>
      startService({ ...environmentOf(kind), ...env }, join(logs, `${name}.log`), entryPoint);
    const process = await startAgain();
    opened.push(() => process.stop());
    parts.push({ name, process, startAgain });
    return process;
  };
  const api = await start('api', 'api', { PORT: String(apiPort) });
  const workers: ServiceProcess[] = [];
  while (workers.length < service('worker').replicas) {
    workers.push(await start('worker', `worker-${workers.length + 1}`, { PORT: '0' }));
  }
  await writeTestSettings(join(folder, 'tests.env'), temporal, databases);
  return {
    databases,
    temporal,
    temporalUi,
    versions: { temporal: service('temporal').tag, temporalUi: service('temporal-ui').tag },
    api,
    apiToken: (secrets.API_TOKENS ?? '').replace(/^[^:]*:/, ''),
    workers,
    parts,
    ...(sandbox && { sandbox }),
  };
}

/** A database URL of docker-compose.yml, for this machine. */
function atHome(databaseUrl: string, { host, port }: Databases): string {
  const url = new URL(databaseUrl);
  url.hostname = host;
  url.port = port;
  return url.href;
}

/** What has the tests run on this stack: `env $(cat …/tests.env) npm test`. */
async function writeTestSettings(
  file: string,
  temporal: RunningTemporal,
  databases: Databases,
): Promise<void> {
  await writeFile(file, `TEMPORAL_ADDRESS=${temporal.address}\nDATABASE_URL=${databases.url}\n`);
  await chmod(file, 0o600);
}
