import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createScriptTables } from '../sandbox/crm-rows.js';
import { type AnsweredCall } from '../sandbox/script-route.js';
import { type Sandbox, startSandbox } from '../sandbox/start.js';
import { freePort } from '../src/temporal/dev-server/free-port.js';
import { startDevServer } from '../src/temporal/dev-server/start-dev-server.js';
import { readComposeFile } from '../stack/compose-file.js';
import { type Databases, startDatabases } from '../stack/databases.js';
import { makeEnvFile } from '../stack/env-file.js';
import { startTemporal } from '../stack/temporal.js';
import { Arrivals } from './arrivals.js';

export const engines = ['dev', 'server'] as const;
/** `dev`: the dev server of the Temporal CLI, as `npm start` runs it. `server`: the server of production on PostgreSQL. */
export type Engine = (typeof engines)[number];

/** A process that several subjects have a part of. */
export type SharedProcess = 'Temporal' | 'PostgreSQL' | 'sandbox and load';

/**
 * The sandbox looks through all that a customer has, where SuperOffice has indexes. It forgets all of it when it has so
 * many records, or its own work would be measured.
 */
const MAX_RECORDS = 50;

/** Where everything that is measured runs: one Temporal server, one PostgreSQL, one stand-in for SuperOffice. */
export interface Place {
  engine: Engine;
  folder: string;
  /** `processes`: what it runs on. */
  temporal: { address: string; version: string; pid: number; processes: readonly SharedProcess[] };
  databases: Databases;
  sandbox: Sandbox;
  caFile: string;
  /** Delivery ids, when SuperOffice's answer left. */
  filed: Arrivals;
  processes: Record<SharedProcess, number>;
  stop(): Promise<void>;
}

const openPlaces = new Set<Place['stop']>();

/** Ends what runs in all places that are open, for whoever breaks off. */
export async function stopPlaces(): Promise<void> {
  for (const stop of openPlaces) await stop();
}

/** Starts it in a folder, which is emptied. */
export async function openPlace(
  engine: Engine,
  folder: string,
  report: (line: string) => void,
): Promise<Place> {
  await rm(folder, { recursive: true, force: true });
  const logs = join(folder, 'logs');
  await mkdir(logs, { recursive: true });
  const opened: (() => unknown)[] = [];
  let stopping: Promise<void> | undefined;
  const closeAll = async () => {
    for (let close = opened.pop(); close !== undefined; close = opened.pop()) await close();
    openPlaces.delete(stop);
  };
  // Whoever breaks off, and whoever is broken off, wait for the same end.
  const stop = () => (stopping ??= closeAll());
  openPlaces.add(stop);
  try {
    const service = readComposeFile(makeEnvFile(join(folder, '.env')));
    report('Starting PostgreSQL …');
    const databases = await startDatabases(service('postgres'));
    opened.push(() => databases.stop());
    report('Starting Temporal …');
    let temporal: Place['temporal'];
    if (engine === 'dev') {
      const dev = await startDevServer({ dataDir: join(folder, 'temporal'), ui: false });
      opened.push(() => dev.stop());
      temporal = {
        address: dev.address,
        version: 'dev server',
        pid: dev.pid,
        processes: ['Temporal'],
      };
    } else {
      const running = await startTemporal(service, { folder: logs, database: databases, report });
      opened.push(() => running.stop());
      temporal = {
        address: running.address,
        version: `server ${service('temporal').tag}`,
        pid: running.pid,
        processes: ['Temporal', 'PostgreSQL'],
      };
    }
    const caFile = join(folder, 'sandbox-ca.pem');
    const filed = new Arrivals();
    const onAnswer = ({ customerInstance, deliveryId, outcome }: AnsweredCall) => {
      if (deliveryId !== undefined && ['created', 'updated', 'duplicate'].includes(outcome))
        filed.arrived(deliveryId);
      const tenant = sandbox.tenant(customerInstance);
      if (tenant.tables.appointment.length >= MAX_RECORDS) tenant.tables = createScriptTables();
    };
    const sandbox = await startSandbox({ caFile, port: await freePort('127.0.0.1', 0), onAnswer });
    opened.push(() => sandbox.close());
    return {
      engine,
      folder,
      temporal,
      databases,
      sandbox,
      caFile,
      filed,
      processes: {
        Temporal: temporal.pid,
        PostgreSQL: databases.process.pid,
        'sandbox and load': process.pid,
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
