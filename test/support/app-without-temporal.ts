import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type AppOptions, createApp } from '../../src/api/app.js';
import { parseApiTokens } from '../../src/domain/api-token.js';
import { UnavailableError } from '../../src/domain/errors.js';
import { generateKey, parseKeyRing } from '../../src/domain/key-ring.js';
import { createMetrics } from '../../src/service/metrics.js';
import { createConnectionStore } from '../../src/store/connections.js';
import { createDciHookStore } from '../../src/store/dci-hooks.js';
import { type Database, openEmbeddedPostgres } from '../../src/store/database.js';
import { createSealing } from '../../src/store/sealing.js';
import { createPayloadCodec } from '../../src/temporal/codec.js';
import { createLazyClient, localTarget, pingTemporal } from '../../src/temporal/connection.js';
import { createDataConverter } from '../../src/temporal/data-converter.js';
import { createConnectionChanges } from '../../src/temporal/connection-changes.js';
import { createDeliveries } from '../../src/temporal/deliveries.js';
import { freePort } from '../../src/temporal/dev-server/free-port.js';
import { API_TOKEN } from './harness.js';

/** The API alone, over a database and a Temporal server that is not there; closed with the test. */
export async function appWithoutTemporal(
  overrides: Partial<AppOptions> = {},
): Promise<{ app: Awaited<ReturnType<typeof createApp>>; database: Database }> {
  const database = await openEmbeddedPostgres(undefined);
  const keys = parseKeyRing(generateKey('test'));
  const client = createLazyClient(
    localTarget(`127.0.0.1:${await freePort('127.0.0.1')}`),
    createDataConverter(keys),
  );
  const away = () => Promise.reject(new UnavailableError('temporal', 5));
  const app = await createApp({
    tokens: parseApiTokens(`tests:${API_TOKEN}`),
    requestsPerMinute: 1_000,
    trustProxy: false,
    pages: { publicUrl: undefined, embedOrigins: [], linkValidMs: 1_000, sessionMs: 1_000 },
    sealingKeys: keys,
    logger: pino({ level: 'silent' }),
    metrics: createMetrics({ enabled: false, maximumTenants: 1 }),
    connections: createConnectionStore(database.queries),
    dciHooks: createDciHookStore(database.queries),
    webhooks: { toleranceMs: 300_000, recordingWindowMs: undefined },
    sealing: createSealing(keys),
    deliveries: createDeliveries(client, 'nowhere'),
    recovery: { mended: () => Promise.resolve() },
    superOfficeDomain: 'superoffice.com',
    operations: { overview: away, retryAllParkedBy: away },
    codec: createPayloadCodec(keys),
    namespace: 'default',
    temporalUi: undefined,
    connectionChanges: createConnectionChanges(client, 'nowhere', { attemptMs: 1_000, heartbeatMs: 1_000 }),
    checks: {
      temporal: () => pingTemporal(client),
      database: () => database.ping(),
    },
    ...overrides,
  });
  onTestFinished(async () => {
    await app.close();
    // A test that takes it away has closed it.
    await database.close().catch(() => undefined);
  });
  return { app, database };
}
