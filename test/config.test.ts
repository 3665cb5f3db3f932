import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadConfig, type Role } from '../src/config.js';
import { ConfigurationError } from '../src/domain/errors.js';
import { generateKey } from '../src/domain/key-ring.js';

const SECRET = 'zq7-secret';

const eventsSecret = (bytes: number) => `whsec_${Buffer.alloc(bytes, 'k').toString('base64')}`;

const required = {
  API_TOKENS: 'dci:a-long-random-token',
  SEALING_KEYS: generateKey('2026-11'),
  PAYLOAD_KEYS: generateKey('2026-11'),
};
const apart = {
  ...required,
  DATABASE_URL: 'postgres://user:password@db.example/dci',
  TEMPORAL_ADDRESS: 'temporal.example:7233',
};

function problemsOf(env: NodeJS.ProcessEnv, role: Role = 'all'): readonly string[] {
  try {
    loadConfig(env, role);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  test('has safe defaults for all but the secrets', () => {
    expect(loadConfig(required, 'all')).toMatchObject({
      dataDir: '.data',
      logLevel: 'info',
      databaseUrl: undefined,
      api: { host: '127.0.0.1', port: 3000, requestsPerMinute: 3_000, trustProxy: false },
      temporal: undefined,
      temporalUiUrl: undefined,
      taskQueue: 'dci-superoffice',
      maxConcurrentAttempts: 100,
      shutdownGraceMs: 90_000,
      events: { target: undefined, retryInitialMs: 5_000 },
      tenantLabel: { enabled: false, maximumTenants: 200 },
      superOffice: {
        policy: { domain: 'superoffice.com', onPremises: new Map(), privateNetworks: [] },
        certificateAuthority: undefined,
        requestTimeoutMs: 75_000,
      },
      retryPacing: { initialDelayMs: 2_000, maximumDelayMs: 1_800_000, maintenanceDelayMs: 900_000 },
      pacing: { intervalMs: 1_000, inFlight: 1, leaseMs: 30_000 },
      deliveryPolicy: {
        retryWindowMs: 72 * 3_600_000,
        attemptMs: 180_000,
        heartbeatMs: 15_000,
        parkedExpiryMs: 90 * 86_400_000,
        firstRecheckMs: 60_000,
        recheckMs: 86_400_000,
      },
      recovery: { probeInitialMs: 60_000, probeMaximumMs: 1_800_000, settleMs: 5_000, heartbeatMs: 15_000 },
      workerVersion: undefined,
      dci: { apiUrl: undefined },
      webhooks: { toleranceMs: 300_000, recordingWindowMs: undefined },
    });
  });

  test('reads every variable', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'config-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, 'a certificate');
    const config = loadConfig(
      {
        ...apart,
        HOST: '0.0.0.0',
        PORT: '65535',
        DATA_DIR: '/var/lib/dci',
        LOG_LEVEL: 'debug',
        EVENTS_URL: 'http://localhost:9000/events',
        EVENTS_SECRETS: `${eventsSecret(24)}, ${eventsSecret(64)}`,
        EVENTS_RETRY_INITIAL: '1s',
        METRICS_TENANT_LABEL: 'true',
        METRICS_MAX_TENANTS: '7',
        API_RATE_LIMIT: '10',
        TRUST_PROXY: 'true',
        TASK_QUEUE: 'q',
        MAX_CONCURRENT_ATTEMPTS: '7',
        SHUTDOWN_GRACE: '1m',
        SUPEROFFICE_DOMAIN: 'superoffice.localhost:8443',
        SUPEROFFICE_CA_FILE: caFile,
        SUPEROFFICE_ON_PREMISES: 'Cust90001=https://crm.example.com/scripts/customer.fcgi',
        SUPEROFFICE_PRIVATE_NETWORKS: '127.0.0.0/8, fd00::/8',
        SUPEROFFICE_REQUEST_TIMEOUT: '500ms',
        DCI_API_URL: 'https://dci.example/api',
        DCI_WEBHOOK_TOLERANCE: '1m',
        DCI_RECORDING_WINDOW: '30s',
        RETRY_WINDOW: '3d',
        RETRY_INITIAL_DELAY: '1s',
        RETRY_MAXIMUM_DELAY: '1h',
        MAINTENANCE_RETRY_DELAY: '20m',
        HEARTBEAT_TIMEOUT: '5s',
        FIRST_ATTEMPT_AT_ONCE: '2s',
        PACING_INTERVAL: '250ms',
        WORKER_DEPLOYMENT_NAME: 'dci-superoffice',
        WORKER_BUILD_ID: '2026-11-24.1',
        PACING_IN_FLIGHT: '3',
        PARKED_EXPIRY: '365d',
        PARKED_RECHECK: '30s',
        RECOVERY_PROBE_INITIAL: '10s',
        RECOVERY_PROBE_MAXIMUM: '10m',
        RECOVERY_SETTLE: '2s',
        TEMPORAL_NAMESPACE: 'dci',
      },
      'all',
    );
    expect(config).toMatchObject({
      dataDir: '/var/lib/dci',
      logLevel: 'debug',
      databaseUrl: apart.DATABASE_URL,
      api: { host: '0.0.0.0', port: 65_535, requestsPerMinute: 10, trustProxy: 1 },
      temporal: { namespace: 'dci', connectionOptions: { address: 'temporal.example:7233' } },
      taskQueue: 'q',
      maxConcurrentAttempts: 7,
      shutdownGraceMs: 60_000,
      superOffice: {
        policy: {
          domain: 'superoffice.localhost:8443',
          onPremises: new Map([['Cust90001', 'https://crm.example.com/scripts/customer.fcgi']]),
          privateNetworks: ['127.0.0.0/8', 'fd00::/8'],
        },
        certificateAuthority: 'a certificate',
        requestTimeoutMs: 500,
      },
      retryPacing: { initialDelayMs: 1_000, maximumDelayMs: 3_600_000, maintenanceDelayMs: 1_200_000 },
      pacing: { intervalMs: 250, inFlight: 3, leaseMs: 10_000 },
      deliveryPolicy: {
        retryWindowMs: 259_200_000,
        attemptMs: 31_000,
        heartbeatMs: 5_000,
        parkedExpiryMs: 365 * 86_400_000,
        firstRecheckMs: 30_000,
        recheckMs: 30_000,
      },
      recovery: { probeInitialMs: 10_000, probeMaximumMs: 600_000, settleMs: 2_000, heartbeatMs: 5_000 },
      workerVersion: { deploymentName: 'dci-superoffice', buildId: '2026-11-24.1' },
      dci: { apiUrl: 'https://dci.example/api' },
      webhooks: { toleranceMs: 60_000, recordingWindowMs: 30_000 },
      events: {
        target: { url: 'http://localhost:9000/events', secrets: [eventsSecret(24), eventsSecret(64)] },
        retryInitialMs: 1_000,
      },
      tenantLabel: { enabled: true, maximumTenants: 7 },
    });
    expect(config.api.tokens.map(({ name }) => name)).toEqual(['dci']);
    expect(config.sealingKeys.newest.id).toBe('2026-11');
  });

  test('gives a worker process a port of its own, which it shows its metrics at', () => {
    const apart = { ...required, DATABASE_URL: 'postgres://db/dci', TEMPORAL_ADDRESS: 'temporal:7233' };
    expect(loadConfig(apart, 'worker').api.port).toBe(9464);
    expect(loadConfig(apart, 'api').api.port).toBe(3000);
    expect(loadConfig({ ...apart, PORT: '9001' }, 'worker').api.port).toBe(9001);
  });

  test('takes an empty variable for one that is not set', () => {
    const empty = { PORT: '', DATABASE_URL: '', SUPEROFFICE_CA_FILE: '', TEMPORAL_ADDRESS: '' };
    expect(loadConfig({ ...required, ...empty }, 'all')).toMatchObject({
      api: { port: 3000 },
      databaseUrl: undefined,
      temporal: undefined,
    });
  });
});

describe('a wrong configuration', () => {
  test.each([
    ['PORT', ['0x50', '-1', '65536', '99999', 'http', ' 80']],
    ['LOG_LEVEL', ['loud', 'INFO']],
    ['DATABASE_URL', ['db.example', 'mysql://user:zq7-secret@db.example/dci', '/var/lib/zq7-secret']],
    ['API_TOKENS', ['zq7-secret', 'dci:zq7-secret', 'zq7-secret:dci', ',']],
    ['API_RATE_LIMIT', ['0', '-1', '1.5', 'many']],
    ['TEMPORAL_UI_URL', ['temporal.example', 'ftp://temporal.example']],
    ['TRUST_PROXY', ['0', '10', 'yes', 'TRUE', '10.0.0.0/8']],
    ['SEALING_KEYS', ['zq7-secret', 'a:zq7-secret', `${required.SEALING_KEYS},`]],
    ['PAYLOAD_KEYS', ['zq7-secret', 'a:zq7-secret']],
    ['MAX_CONCURRENT_ATTEMPTS', ['0', '1e3']],
    ['SHUTDOWN_GRACE', ['90', 'zq7-secret']],
    [
      'SUPEROFFICE_DOMAIN',
      ['https://superoffice.com', 'superoffice', 'superoffice.com.', 'a.b:zq7', '*.b.c'],
    ],
    ['SUPEROFFICE_CA_FILE', ['/there/is/no/zq7-secret', '/']],
    [
      'SUPEROFFICE_ON_PREMISES',
      ['crm.example.com', 'Cust1=https://crm.example.com/customer.fcgi?key=zq7-secret'],
    ],
    ['SUPEROFFICE_PRIVATE_NETWORKS', ['10.0.0.1', '10.0.0.0/33', 'zq7-secret', '10.0.0.0/8,']],
    ['SUPEROFFICE_REQUEST_TIMEOUT', ['75', '75 s']],
    ['DCI_API_URL', ['http://dci.example', 'dci.example', 'zq7-secret']],
    ['DCI_WEBHOOK_TOLERANCE', ['5', '0s']],
    ['DCI_RECORDING_WINDOW', ['2 minutes']],
    ['RETRY_WINDOW', ['zq7-secret']],
    ['RETRY_INITIAL_DELAY', ['-1s']],
    ['RETRY_MAXIMUM_DELAY', ['1.5h']],
    ['MAINTENANCE_RETRY_DELAY', ['soon']],
    ['HEARTBEAT_TIMEOUT', ['15']],
    ['FIRST_ATTEMPT_AT_ONCE', ['6s', 'on', '0s', '4']],
    ['EVENTS_SECRETS', ['zq7-secret', eventsSecret(23), eventsSecret(65), `${eventsSecret(32)}=`, 'whsec_']],
    ['METRICS_TENANT_LABEL', ['yes']],
    ['METRICS_MAX_TENANTS', ['0', 'all']],
  ])('%s is named once for each of %o, without its value', (name, values) => {
    for (const value of values) {
      const problems = problemsOf({ ...required, [name]: value });
      expect(problems).toEqual([expect.stringMatching(`^${name} .{10}`)]);
      expect(problems.join()).not.toContain(SECRET);
    }
  });

  test.each(['events.example', 'http://events.example', 'https://user:zq7-secret@events.example', 'ftp://a'])(
    'EVENTS_URL is named for "%s", without its value',
    (url) => {
      const problems = problemsOf({ ...required, EVENTS_URL: url, EVENTS_SECRETS: eventsSecret(32) });
      expect(problems).toEqual([expect.stringMatching(/^EVENTS_URL must /)]);
      expect(problems.join()).not.toContain(SECRET);
    },
  );

  test('names where the pages are, and who may frame them, by origins', () => {
    const { pages } = loadConfig(
      {
        ...required,
        PUBLIC_URL: 'https://superoffice.example.com/',
        PORTAL_EMBED_ORIGINS: 'https://app.example.com, http://localhost:8080',
      },
      'all',
    );
    expect(pages).toMatchObject({
      publicUrl: 'https://superoffice.example.com',
      embedOrigins: ['https://app.example.com', 'http://localhost:8080'],
    });
  });

  test.each(['http://app.example.com', 'https://app.example.com/path', 'app.example.com', '*', "'self'"])(
    'PUBLIC_URL and PORTAL_EMBED_ORIGINS are no "%s"',
    (origin) => {
      expect(problemsOf({ ...required, PUBLIC_URL: origin, PORTAL_EMBED_ORIGINS: origin })).toEqual([
        expect.stringMatching(/^PUBLIC_URL must be an https origin/),
        expect.stringMatching(/^PORTAL_EMBED_ORIGINS must be https origins/),
      ]);
    },
  );

  test('EVENTS_URL needs EVENTS_SECRETS', () => {
    expect(problemsOf({ ...required, EVENTS_URL: 'https://events.example' })).toEqual([
      expect.stringMatching(/^EVENTS_SECRETS is missing/),
    ]);
  });

  test('a worker has a version whole, or none', () => {
    expect(problemsOf({ ...required, WORKER_BUILD_ID: '7' })).toEqual([
      expect.stringMatching(/^WORKER_DEPLOYMENT_NAME and WORKER_BUILD_ID go together/),
    ]);
  });

  test('is told in full, wrong and missing variables at once', () => {
    const wrong = { PORT: 'x', LOG_LEVEL: 'x', RETRY_WINDOW: 'x', SEALING_KEYS: 'x' };
    const problems = problemsOf(wrong, 'api');
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'API_TOKENS',
      'DATABASE_URL',
      'LOG_LEVEL',
      'PAYLOAD_KEYS',
      'PORT',
      'RETRY_WINDOW',
      'SEALING_KEYS',
      'TEMPORAL_ADDRESS',
    ]);
    expect(new ConfigurationError(problems).message.split('\n')).toHaveLength(1 + problems.length);
  });

  test.each<[Role, string[]]>([
    ['all', ['API_TOKENS', 'SEALING_KEYS', 'PAYLOAD_KEYS']],
    ['api', ['API_TOKENS', 'SEALING_KEYS', 'PAYLOAD_KEYS', 'DATABASE_URL', 'TEMPORAL_ADDRESS']],
    ['worker', ['SEALING_KEYS', 'PAYLOAD_KEYS', 'DATABASE_URL', 'TEMPORAL_ADDRESS']],
  ])('the role "%s" needs %j', (role, names) => {
    expect(problemsOf({}, role).map((problem) => problem.split(' ')[0])).toEqual(names);
    const given = Object.fromEntries(Object.entries(apart).filter(([name]) => names.includes(name)));
    expect(problemsOf(given, role)).toEqual([]);
  });

  test('a Temporal profile that can not be read is told too', () => {
    const env = { ...required, TEMPORAL_CONFIG_FILE: '/there/is/no/file.toml', TEMPORAL_PROFILE: 'prod' };
    expect(problemsOf(env)).toEqual([expect.stringMatching(/^TEMPORAL_\*: /)]);
  });
});
