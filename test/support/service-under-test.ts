import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import {
  apiTokenOf,
  sandboxEnvironment,
  type ServiceProcess,
  startService,
} from '../../demo/service-process.js';
import { sampleCrm } from '../../sandbox/sample-crm.js';
import { type Sandbox, startSandbox } from '../../sandbox/start.js';
import { generateSecrets } from '../../src/service/development-secrets.js';
import { freePort } from '../../src/temporal/dev-server/free-port.js';
import { createDatabase } from './databases.js';
import { createTenantApi, newTenantId, type TenantApi } from './tenant-api.js';

export const CUSTOMER_INSTANCE = 'Cust20001';
export const TOKEN_KEY = 'key-of-the-receiver-script-under-test';

/** The built service as processes of its own, one at a time, over the sandbox; for tests that stop or kill it. */
export interface ServiceUnderTest {
  sandbox: Sandbox;
  api: TenantApi;
  start(): Promise<ServiceProcess>;
  logs(): Promise<string>;
  close(): Promise<void>;
}

export async function createServiceUnderTest(env: NodeJS.ProcessEnv = {}): Promise<ServiceUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'service-'));
  const caFile = join(dataDir, 'sandbox-ca.pem');
  const logFile = join(dataDir, 'service.log');
  const sandbox = await startSandbox({ caFile });
  sandbox.addTenant({ customerInstance: CUSTOMER_INSTANCE, key: TOKEN_KEY, ...sampleCrm() });
  const serverUrl = inject('databaseUrl');
  const database = serverUrl === '' ? undefined : await createDatabase(serverUrl);
  const secrets = generateSecrets();
  const port = await freePort('127.0.0.1');
  const started: ServiceProcess[] = [];
  return {
    sandbox,
    api: createTenantApi(`http://127.0.0.1:${port}`, apiTokenOf(secrets), newTenantId()),
    async start() {
      const service = await startService(
        {
          ...secrets,
          DATABASE_URL: database?.url ?? '',
          TEMPORAL_ADDRESS: inject('temporalAddress'),
          TASK_QUEUE: `test-${port}`,
          PORT: String(port),
          API_RATE_LIMIT: '10000000',
          DATA_DIR: dataDir,
          ...sandboxEnvironment(sandbox, caFile),
          RETRY_INITIAL_DELAY: '50ms',
          RETRY_MAXIMUM_DELAY: '500ms',
          HEARTBEAT_TIMEOUT: '2s',
          PACING_INTERVAL: '5ms',
          PACING_IN_FLIGHT: '4',
          ...env,
        },
        logFile,
      );
      started.push(service);
      return service;
    },
    logs: () => readFile(logFile, 'utf8'),
    async close() {
      await Promise.all(started.map((service) => service.kill()));
      await sandbox.close();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
