import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inProject } from '../scripts/lib/project.mjs';
import { answers } from '../src/temporal/dev-server/answers.js';
import { freePort } from '../src/temporal/dev-server/free-port.js';
import { ensureExecutable } from '../src/temporal/dev-server/install-executable.js';
import { runCommand } from '../src/temporal/dev-server/run-command.js';
import { type BackgroundProcess, startBackground } from './background-process.js';
import type { ComposeService } from './compose-file.js';
import { ensureGoProgram } from './go-programs.js';
import { temporalServer, temporalUi } from './programs.js';

const IP = '127.0.0.1';
const UI_READY_WITHIN_MS = 30_000;
const SERVER_READY_WITHIN_MS = 90_000;
const POLL_MS = 100;

/** Where the parts of a stack are started. */
export interface StackPlace {
  /** Of logs and everything else. */
  folder: string;
  database: { host: string; port: string };
  report: (line: string) => void;
}

/** A Temporal server that answers, with the namespace and the search attributes of the service. */
export interface RunningTemporal extends BackgroundProcess {
  /** `host:port` */
  address: string;
  /** Starts it again after it has ended, at its address. */
  startAgain(): Promise<BackgroundProcess>;
}

/** The schema, the server and the namespace, by the scripts and with the settings of docker-compose.yml. */
export async function startTemporal(
  service: (name: string) => ComposeService,
  { folder, database, report }: StackPlace,
): Promise<RunningTemporal> {
  const { tag, environment } = service('temporal');
  const { environment: namespaceSettings } = service('temporal-namespace');
  const programs = await ensureGoProgram(temporalServer(tag), report);
  const path = await pathWith(folder, programs, report);

  report('Making the schema of Temporal …');
  await runCommand('sh', [inProject('deploy', 'set-up-schema.sh')], {
    env: {
      ...path,
      ...service('temporal-schema').environment,
      SQL_HOST: database.host,
      SQL_PORT: database.port,
    },
  });

  const ports = await serverPorts();
  const address = `${IP}:${ports.FRONTEND_GRPC_PORT ?? ''}`;
  const start = () =>
    startBackground('The Temporal server', join(programs, 'temporal-server'), ['--allow-no-auth', 'start'], {
      env: {
        ...path,
        ...environment,
        POSTGRES_SEEDS: database.host,
        DB_PORT: database.port,
        BIND_ON_IP: IP,
        DYNAMIC_CONFIG_FILE_PATH: inProject('deploy', 'dynamic-config.yaml'),
        ...ports,
        PROMETHEUS_ENDPOINT: `${IP}:${ports.METRICS_PORT ?? ''}`,
      },
      cwd: folder,
      log: join(folder, 'temporal-server.log'),
    });
  const server = await start();
  try {
    report('Waiting for Temporal, and making the namespace …');
    const env = { ...path, ...namespaceSettings, TEMPORAL_ADDRESS: address };
    const made = runCommand('sh', [inProject('deploy', 'create-namespace.sh')], { env });
    await Promise.race([made, server.failed]);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    ...server,
    address,
    async startAgain() {
      const again = await start();
      const isReady = () => answers(address, namespaceSettings.TEMPORAL_NAMESPACE ?? '');
      try {
        await Promise.race([until(isReady, SERVER_READY_WITHIN_MS, 'The Temporal server'), again.failed]);
      } catch (error) {
        await again.stop();
        throw error;
      }
      return again;
    },
  };
}

/** A Temporal UI that answers. */
export interface RunningTemporalUi extends BackgroundProcess {
  url: string;
}

/** The UI, which decodes payloads by the codec endpoint of the API. */
export async function startTemporalUi(
  service: (name: string) => ComposeService,
  { folder, report }: StackPlace,
  where: { temporalAddress: string; codecUrl: string; url: string },
): Promise<RunningTemporalUi> {
  const { tag, environment } = service('temporal-ui');
  const programs = await ensureGoProgram(temporalUi(tag), report);
  const { port } = new URL(where.url);
  const ui = await startBackground(
    'The Temporal UI',
    join(programs, 'ui-server'),
    ['--env', 'docker', 'start'],
    {
      env: {
        ...process.env,
        ...environment,
        TEMPORAL_ADDRESS: where.temporalAddress,
        TEMPORAL_CODEC_ENDPOINT: where.codecUrl,
        TEMPORAL_UI_PORT: port,
      },
      cwd: programs,
      log: join(folder, 'temporal-ui.log'),
    },
  );
  try {
    const isReady = () =>
      fetch(new URL('/healthz', where.url)).then(
        ({ ok }) => ok,
        () => false,
      );
    await Promise.race([until(isReady, UI_READY_WITHIN_MS, 'The Temporal UI'), ui.failed]);
  } catch (error) {
    await ui.stop();
    throw error;
  }
  return { ...ui, url: where.url };
}

/** The environment with the programs that the images of the scripts have, under the names that they have there. */
async function pathWith(
  folder: string,
  programs: string,
  report: (line: string) => void,
): Promise<NodeJS.ProcessEnv> {
  const links = join(folder, 'bin');
  await mkdir(links, { recursive: true });
  await symlink(await ensureExecutable({ report }), join(links, 'temporal'));
  return { ...process.env, PATH: [links, programs, process.env.PATH ?? ''].join(':') };
}

/** Ports of Temporal's services, their own among themselves included: the usual ones where they are free. */
async function serverPorts(): Promise<Record<string, string>> {
  const usual = {
    FRONTEND_GRPC_PORT: 7233,
    FRONTEND_HTTP_PORT: 7243,
    HISTORY_GRPC_PORT: 7234,
    MATCHING_GRPC_PORT: 7235,
    WORKER_GRPC_PORT: 7239,
    FRONTEND_MEMBERSHIP_PORT: 6933,
    HISTORY_MEMBERSHIP_PORT: 6934,
    MATCHING_MEMBERSHIP_PORT: 6935,
    WORKER_MEMBERSHIP_PORT: 6939,
    METRICS_PORT: 9090,
  };
  const ports: Record<string, string> = {};
  for (const [name, port] of Object.entries(usual)) ports[name] = String(await lowPort(port));
  return ports;
}

/** The schema keeps ports as `smallint`: those that the system hands out, above 32,767, do not fit in. */
async function lowPort(preferred: number): Promise<number> {
  for (let port = preferred; port < 32_768; port += 100) {
    if ((await freePort(IP, port)) === port) return port;
  }
  throw new Error(`No port is free for Temporal, of ${preferred}, ${preferred + 100} and so on.`);
}

async function until(isReady: () => Promise<boolean>, withinMs: number, what: string): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (await isReady()) return;
    await sleep(POLL_MS);
  }
  throw new Error(`${what} did not answer within ${withinMs / 1_000} s.`);
}
