import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildIfStale } from '../../scripts/lib/build-if-stale.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { startDevServer } from '../../src/temporal/dev-server/start-dev-server.js';
import { startPostgresServer } from '../../stack/postgres/server.js';

declare module 'vitest' {
  /** What every test can `inject`: servers that run for the whole run, and what was built for it. */
  interface ProvidedContext {
    /** `host:port` of a Temporal server with the namespace `default`. */
    temporalAddress: string;
    /** Empty when the server has no UI that we know of. */
    temporalUiUrl: string;
    /** Folder of the workflow bundles. */
    workflowBundles: string;
    /** A real PostgreSQL on which tests create databases of their own. */
    postgresUrl: string;
    /** What the caller set as DATABASE_URL; empty stands for the embedded database. */
    databaseUrl: string;
  }
}

interface Running {
  stop(): Promise<void>;
}

/** Builds what the tests run, starts one Temporal server and one PostgreSQL for all of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if ((await buildIfStale()) !== 0) throw new Error('The tests run what is built, and the build failed.');
  const databaseUrl = process.env.DATABASE_URL ?? '';
  const running: Running[] = [];
  const stopAll = async () => {
    await Promise.all(running.map((one) => one.stop()));
  };
  const starts = await Promise.allSettled([startTemporal(running), startPostgres(databaseUrl, running)]);
  const [temporal, postgresUrl] = starts;
  if (temporal.status === 'rejected' || postgresUrl.status === 'rejected') {
    await stopAll();
    const reasons = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason as unknown] : []));
    throw reasons.length === 1 ? reasons[0] : new AggregateError(reasons, reasons.map(String).join('\n'));
  }
  project.provide('temporalAddress', temporal.value.address);
  project.provide('temporalUiUrl', temporal.value.uiUrl ?? '');
  project.provide('workflowBundles', inProject('dist'));
  project.provide('postgresUrl', postgresUrl.value);
  project.provide('databaseUrl', databaseUrl);
  return stopAll;
}

async function startTemporal(running: Running[]): Promise<{ address: string; uiUrl?: string }> {
  const address = process.env.TEMPORAL_ADDRESS;
  if (address !== undefined && address !== '') return { address };
  const dataDir = await mkdtemp(join(tmpdir(), 'temporal-test-'));
  const server = await startDevServer({ dataDir, report: (line) => process.stderr.write(`${line}\n`) });
  // A run that is ended without a teardown must not leave the server, which has a process group of its own.
  const killNow = () => {
    try {
      process.kill(server.pid, 'SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    } catch {
      // Gone already.
    }
  };
  process.once('exit', killNow);
  running.push({
    stop: async () => {
      process.removeListener('exit', killNow);
      await server.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  });
  return server;
}

async function startPostgres(databaseUrl: string, running: Running[]): Promise<string> {
  if (databaseUrl !== '') return databaseUrl;
  const server = await startPostgresServer();
  running.push(server);
  return server.url;
}
