import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inProject } from '../../scripts/lib/project.mjs';
import { makeEnvFile } from '../../stack/env-file.js';
import { startPostgresServer } from '../../stack/postgres/server.js';
import { freePort } from '../../src/temporal/dev-server/free-port.js';
import { startDevServer } from '../../src/temporal/dev-server/start-dev-server.js';
import { imageVariables, type Instruction, readDockerfile } from './dockerfile.js';
import { run } from './run.js';

const HEALTHY_WITHIN_MS = 60_000;
const POLL_MS = 500;

/**
 * What the Dockerfile does, done in empty folders, since no container engine runs everywhere: each stage's COPY and
 * RUN; then the last stage's CMD, until its HEALTHCHECK passes and the service is ready.
 */
export async function checkImage(report: (line: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'check-image-'));
  try {
    const instructions = readDockerfile();
    const last = await buildStages(instructions, folder, report);
    const size = await run('du', ['-sh', last]);
    report(`  /app of the image: ${size.split('\t')[0] ?? ''}`);
    await startImage(instructions, last, folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The folder of the last stage, which stands for its /app. */
async function buildStages(
  instructions: readonly Instruction[],
  folder: string,
  report: (line: string) => void,
): Promise<string> {
  let stage = folder;
  for (const { name, flags, rest } of instructions) {
    if (name === 'FROM') {
      stage = join(folder, rest.split(' AS ')[1] ?? 'last');
      await mkdir(stage);
    } else if (name === 'COPY') {
      const paths = rest.split(' ');
      const destination = join(stage, paths.pop() ?? '');
      for (const path of paths) {
        const source =
          flags.from === undefined ? inProject(path) : path.replace('/app', join(folder, flags.from));
        const target = rest.endsWith('/') ? join(destination, basename(path)) : destination;
        await cp(source, target, { recursive: true, verbatimSymlinks: true });
      }
    } else if (name === 'RUN') {
      report(`  ${basename(stage)}: ${rest.slice(0, 60)}`);
      await run('sh', ['-c', rest], { cwd: stage });
    }
  }
  return stage;
}

async function startImage(instructions: readonly Instruction[], app: string, folder: string): Promise<void> {
  const instruction = (wanted: string) => instructions.findLast(({ name }) => name === wanted)?.rest ?? '';
  const postgres = await startPostgresServer();
  const temporal = await startDevServer({ dataDir: join(folder, 'temporal'), ui: false, inMemory: true });
  const env = {
    PATH: process.env.PATH,
    ...imageVariables(),
    ...makeEnvFile(join(folder, '.env')),
    HOST: '127.0.0.1',
    PORT: String(await freePort('127.0.0.1')),
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: temporal.address,
  };
  const [program = '', ...args] = JSON.parse(instruction('CMD')) as string[];
  const child = spawn(program, args, { cwd: app, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    const health = JSON.parse(instruction('HEALTHCHECK').replace(/^.*?CMD /, '')) as string[];
    await untilPasses(() => run(health[0] ?? '', health.slice(1), { cwd: app, env }), child);
    await untilPasses(async () => {
      const { status } = await fetch(`http://127.0.0.1:${env.PORT}/readyz`);
      if (status !== 200) throw new Error(`/readyz answered ${status}.`);
    }, child);
    child.kill('SIGTERM');
    const [code] = (await ended) as [number | null];
    if (code !== 0) throw new Error(`It ended with ${String(code)} after SIGTERM.`);
  } finally {
    child.kill('SIGKILL');
    await temporal.stop();
    await postgres.stop();
  }
}

async function untilPasses(check: () => Promise<unknown>, child: { exitCode: number | null }): Promise<void> {
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) throw error;
      await sleep(POLL_MS);
    }
  }
}
