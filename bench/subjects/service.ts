import { join } from 'node:path';
import { createClient } from '@dci-superoffice/client';
import { Agent, request } from 'undici';
import { inParallel } from '../../demo/in-parallel.js';
import { imageVariables } from '../../deploy/check/dockerfile.js';
import {
  apiTokenOf,
  sandboxEnvironment,
  type ServiceProcess,
  startService,
} from '../../demo/service-process.js';
import { deliveryIdOf } from '../../src/domain/delivery-id.js';
import { parseKeyRing } from '../../src/domain/key-ring.js';
import type { Summary } from '../../src/domain/summary.js';
import { generateSecrets } from '../../src/service/development-secrets.js';
import { createLazyClient, localTarget } from '../../src/temporal/connection.js';
import { createDataConverter } from '../../src/temporal/data-converter.js';
import { createDeliveries } from '../../src/temporal/deliveries.js';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { workerPresenceOf } from '../../src/temporal/worker-presence.js';
import { clock } from '../arrivals.js';
import { createServiceDatabase, waitingInLine } from '../service-database.js';
import type { SuperOfficeTenant } from '../customers.js';
import { historyFigures } from '../history-figures.js';
import type { Place } from '../place.js';
import type { Item, Subject } from '../subject.js';

/** Nothing is held back, so that what is measured is the way and not the pacing. */
const unpaced = { PACING_INTERVAL: '1ms', PACING_IN_FLIGHT: '1000', API_RATE_LIMIT: '100000000' };

const CONNECTIONS_AT_ONCE = 8;

/** To the APIs of all services that are measured. */
const apiConnections = new Agent({ connections: 64, keepAliveTimeout: 60_000 });

/** How the service is run. */
export interface ServiceOptions {
  name: string;
  description: string;
  /** `apart`: an API and workers as processes of their own. `one`: processes that are both. */
  roles: 'apart' | 'one';
  workers?: number;
  settings?: Record<string, string>;
}

/** The service as its own subject, and as one that is started by Temporal's client in place of its API. */
export interface ServiceSubjects {
  /** How long it took to connect all tenants, a few at a time, in milliseconds. */
  connectedInMs: number;
  http: Subject;
  /** Deliveries that have not ended, as Temporal counts them. */
  unfinished(): Promise<number>;
  /** Deliveries that wait for their turn, as the database counts them. */
  inLine(): Promise<number>;
  /** Tasks that Temporal has for the workers and that none has taken yet, roughly. */
  queued(): Promise<number>;
  /** The same processes, without the way through HTTP. */
  withoutHttp: Subject;
}

/** Starts the built service on a database of its own and connects all tenants. */
export async function startServiceSubject(
  place: Place,
  tenants: readonly SuperOfficeTenant[],
  { name, description, roles, workers: workerCount = 1, settings = {} }: ServiceOptions,
): Promise<ServiceSubjects> {
  const secrets = generateSecrets();
  const taskQueue = `bench-${name.replaceAll(/\W+/g, '-')}`;
  const databaseUrl = await createServiceDatabase(place, taskQueue);
  const databaseName = new URL(databaseUrl).pathname.slice(1);
  const env = {
    NODE_ENV: 'production',
    MALLOC_ARENA_MAX: imageVariables().MALLOC_ARENA_MAX,
    ...secrets,
    ...unpaced,
    ...sandboxEnvironment(place.sandbox, place.caFile),
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: place.temporal.address,
    TASK_QUEUE: taskQueue,
    DATA_DIR: join(place.folder, taskQueue),
    PORT: '0',
    ...settings,
  };
  const log = (part: string) => join(place.folder, 'logs', `${taskQueue}-${part}.log`);
  const workers: ServiceProcess[] = [];
  const start = (index: number) =>
    startService(env, log(`worker-${index}`), roles === 'one' ? 'main' : 'worker');
  for (let index = 0; index < workerCount; index += 1) workers.push(await start(index));
  const apis = roles === 'one' ? workers : [await startService(env, log('api'), 'server')];
  const token = apiTokenOf(secrets);
  const clients = apis.map((api) => createClient({ baseUrl: api.url, token, retryForMs: 60_000 }));
  const clientOf = (index: number) => clients[index % clients.length] ?? createClient({ baseUrl: '', token });
  // Without the typed client, whose work would count as the service's where they share the cores.
  const submit = async (index: number, tenantId: string, summary: Item['summary']): Promise<string> => {
    const { statusCode, body } = await request(
      `${apis[index % apis.length]?.url ?? ''}/v1/tenants/${tenantId}/summaries`,
      {
        method: 'POST',
        dispatcher: apiConnections,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(summary),
      },
    );
    const answer = (await body.json()) as { deliveryId?: string };
    if (answer.deliveryId === undefined) throw new Error(`The API answered ${statusCode}.`);
    return answer.deliveryId;
  };
  const connectingAt = clock();
  await inParallel(
    CONNECTIONS_AT_ONCE,
    tenants.entries(),
    ([index, { tenantId, customerInstance, token: key }]) =>
      clientOf(index).tenant(tenantId).connect({ domainPrefix: 'online2', customerInstance, token: key }),
  );
  const connectedInMs = clock() - connectingAt;

  const client = createLazyClient(
    localTarget(place.temporal.address),
    createDataConverter(parseKeyRing(secrets.PAYLOAD_KEYS)),
  );
  const deliveries = createDeliveries(client, taskQueue);
  const tenantOf = new Map<string, string>();
  const processes = {
    ...Object.fromEntries(workers.map(({ pid }, index) => [workerName(roles, index, workerCount), pid])),
    ...(roles === 'apart' && { API: apis[0]?.pid ?? 0 }),
  };
  const uses: Subject['uses'] = ['Temporal', 'PostgreSQL', 'sandbox and load'];
  const common = {
    processes,
    uses,
    database: databaseName,
    arrival: (key: string) => place.filed.wait(key),
    historyOf: (key: string) => historyFigures(client, deliveryWorkflowId(tenantOf.get(key) ?? '', key)),
  };
  return {
    connectedInMs,
    unfinished: async () =>
      (
        await client.workflow.count(
          `TaskQueue = '${taskQueue}' AND WorkflowType = 'DeliverSummary' AND ExecutionStatus = 'Running'`,
        )
      ).count,
    inLine: () => waitingInLine(place, databaseName),
    queued: async () => (await workerPresenceOf(client, taskQueue)).backlog,
    http: {
      ...common,
      name,
      description,
      async submit({ index, tenant: { tenantId }, summary }) {
        const deliveryId = await submit(index, tenantId, summary);
        tenantOf.set(deliveryId, tenantId);
        return deliveryId;
      },
      async stop() {
        await client.connection.close();
        if (roles === 'apart') for (const api of apis) await api.stop();
        for (const worker of workers) await worker.stop();
      },
    },
    withoutHttp: {
      ...common,
      name: `${name}, without HTTP`,
      description: 'the same, started by Temporal’s client',
      async submit({ tenant: { tenantId }, summary }: Item) {
        const parsed = {
          ...summary,
          startsAt: summary.startsAt,
          endsAt: summary.endsAt,
        } as unknown as Summary;
        const deliveryId = deliveryIdOf(tenantId, parsed);
        await deliveries.start({ tenantId, deliveryId, summary: parsed });
        tenantOf.set(deliveryId, tenantId);
        return deliveryId;
      },
      stop: () => Promise.resolve(),
    },
  };
}

function workerName(roles: ServiceOptions['roles'], index: number, count: number): string {
  const name = roles === 'one' ? 'API and worker' : 'worker';
  return count === 1 ? name : `${name} ${index + 1}`;
}
