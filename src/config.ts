import { readFileSync } from 'node:fs';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { type ApiToken, parseApiTokens } from './domain/api-token.js';
import { ConfigurationError } from './domain/errors.js';
import { type KeyRing, parseKeyRing } from './domain/key-ring.js';
import { parseDuration } from './duration.js';
import { DEFAULT_REQUEST_TIMEOUT_MS } from './superoffice/client.js';
import { parseOnPremises } from './superoffice/on-premises.js';
import { DEFAULT_RETRY_PACING } from './superoffice/retry-delay.js';
import { namesTemporalServer, type TemporalTarget, temporalTargetOf } from './temporal/connection.js';
import { DEFAULT_TASK_QUEUE } from './temporal/names.js';

/** Which parts of the service a process runs. */
export type Role = 'all' | 'api' | 'worker';

/** Everything that can be set from outside, read once at start. Times are in milliseconds. */
export type Config = ReturnType<typeof toConfig>;

const DAY_MS = 86_400_000;
/** Temporal gives a workflow task 10 s; a first attempt within it takes half of that at most. */
const MAX_AT_ONCE_MS = 5_000;
const DEFAULT_AT_ONCE_MS = 4_000;
/** A timer of Node.js can't be set further ahead: it would fire at once. */
const MAX_TIMER_DAYS = 24;
/** Temporal's timers can. */
const MAX_DAYS = 3_650;

function duration(fallbackMs: number, maximumDays = MAX_TIMER_DAYS) {
  return z
    .string()
    .transform(
      (text, context) =>
        durationUpTo(maximumDays * DAY_MS, text) ??
        refuse(context, `must be a length of time up to ${maximumDays}d, such as 500ms, 75s, 30m or 72h`),
    )
    .default(fallbackMs);
}

/** A time for the first attempt, or null for `off`. */
function atOnce() {
  return z
    .string()
    .transform((text, context) =>
      text === 'off'
        ? null
        : (durationUpTo(MAX_AT_ONCE_MS, text) ??
          refuse(context, 'must be a length of time up to 5s, or off')),
    )
    .default(DEFAULT_AT_ONCE_MS);
}

/** In milliseconds; undefined where it is none, or out of bounds. */
function durationUpTo(maximumMs: number, text: string): number | undefined {
  const milliseconds = parseDuration(text);
  const isAllowed = milliseconds !== undefined && milliseconds > 0 && milliseconds <= maximumMs;
  return isAllowed ? milliseconds : undefined;
}

function refuse(context: z.RefinementCtx, issue: string): never {
  context.addIssue(issue);
  return z.NEVER;
}

function count(fallback: number) {
  return z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a whole number above 0')
    .transform(Number)
    .default(fallback);
}

function flag() {
  return z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .default(false);
}

/** Parses with a function that throws what is wrong. */
function parsed<T>(parse: (text: string) => T) {
  return z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue(error instanceof Error ? error.message : 'is wrong');
      return z.NEVER;
    }
  });
}

const environmentSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'must be a PostgreSQL URL, postgres://user:password@host/database',
    })
    .optional(),
  API_TOKENS: parsed<ApiToken[]>(parseApiTokens).optional(),
  API_RATE_LIMIT: count(3_000),
  TRUST_PROXY: z
    .string()
    .regex(/^(true|false|[1-9])$/, 'must be false, true for one reverse proxy, or how many there are')
    .transform((text) => (text === 'false' ? (false as const) : text === 'true' ? 1 : Number(text)))
    .default(false),
  PUBLIC_URL: parsed(parsePublicUrl).optional(),
  PORTAL_EMBED_ORIGINS: parsed(parseEmbedOrigins).default([]),
  PORTAL_LINK_VALID: duration(5 * 60_000),
  PORTAL_SESSION: duration(4 * 3_600_000),
  SEALING_KEYS: parsed<KeyRing>(parseKeyRing).optional(),
  PAYLOAD_KEYS: parsed<KeyRing>(parseKeyRing).optional(),
  TEMPORAL_UI_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  TASK_QUEUE: z.string().default(DEFAULT_TASK_QUEUE),
  MAX_CONCURRENT_ATTEMPTS: count(100),
  SHUTDOWN_GRACE: duration(90_000),
  SUPEROFFICE_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?$/, 'must be a domain, such as superoffice.com')
    .default('superoffice.com'),
  SUPEROFFICE_ON_PREMISES: parsed(parseOnPremises).default(new Map()),
  SUPEROFFICE_CA_FILE: parsed(readCertificates).optional(),
  SUPEROFFICE_PRIVATE_NETWORKS: parsed(parseNetworks).default([]),
  SUPEROFFICE_REQUEST_TIMEOUT: duration(DEFAULT_REQUEST_TIMEOUT_MS),
  DCI_API_URL: z.url({ protocol: /^https$/, error: 'must be an https URL' }).optional(),
  DCI_WEBHOOK_TOLERANCE: duration(5 * 60_000),
  DCI_RECORDING_WINDOW: duration(2 * 60_000),
  FIRST_ATTEMPT_AT_ONCE: atOnce(),
  RETRY_WINDOW: duration(72 * 3_600_000),
  RETRY_INITIAL_DELAY: duration(DEFAULT_RETRY_PACING.initialDelayMs),
  RETRY_MAXIMUM_DELAY: duration(DEFAULT_RETRY_PACING.maximumDelayMs),
  MAINTENANCE_RETRY_DELAY: duration(DEFAULT_RETRY_PACING.maintenanceDelayMs),
  HEARTBEAT_TIMEOUT: duration(15_000),
  // The server joins the two by a dot, and keeps names that begin with two underscores.
  WORKER_DEPLOYMENT_NAME: z
    .string()
    .regex(/^(?!__)[\w-]{1,100}$/, 'must consist of letters, digits, "-" and "_"')
    .optional(),
  WORKER_BUILD_ID: z
    .string()
    .regex(/^(?!__)[\w.-]{1,100}$/, 'must consist of letters, digits, ".", "-" and "_"')
    .optional(),
  EVENTS_URL: parsed(parseEventsUrl).optional(),
  EVENTS_SECRETS: parsed(parseEventsSecrets).optional(),
  EVENTS_RETRY_INITIAL: duration(5_000),
  // The libraries read these, and their relatives, themselves; here they only switch tracing on.
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.string().optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
  METRICS_TENANT_LABEL: flag(),
  METRICS_MAX_TENANTS: count(200),
  PACING_INTERVAL: duration(1_000),
  PACING_IN_FLIGHT: count(1),
  PARKED_EXPIRY: duration(90 * DAY_MS, MAX_DAYS),
  PARKED_RECHECK: duration(DAY_MS, MAX_DAYS),
  RECOVERY_PROBE_INITIAL: duration(60_000),
  RECOVERY_PROBE_MAXIMUM: duration(30 * 60_000),
  RECOVERY_SETTLE: duration(5_000),
});

type Environment = z.output<typeof environmentSchema>;

const DEFAULT_PORT = 3_000;
/** Where processes show their metrics by habit, and no API is. */
const DEFAULT_WORKER_PORT = 9_464;
/** What one attempt needs beside the two calls that it may make: its turn, look-ups, the database. */
const ATTEMPT_OVERHEAD_MS = 30_000;
/** A turn outlasts the worker that is taken for dead, so that the attempt that follows still finds it. */
const LEASES_PER_HEARTBEAT_TIMEOUT = 2;
/** A delivery that parks just when its tenant recovers misses the signal; so long it then waits. */
const FIRST_RECHECK_MS = 60_000;

/** Variables that have no safe default, and the processes that can't do without. */
const requiredBy: Record<string, { roles: readonly Role[]; remedy: string }> = {
  API_TOKENS: {
    roles: ['all', 'api'],
    remedy: 'is missing: name the callers of the API and their tokens, as in "dci:a-long-random-token"',
  },
  SEALING_KEYS: {
    roles: ['all', 'api', 'worker'],
    remedy: 'is missing: the keys that seal token keys; make one with "npm run new-key"',
  },
  PAYLOAD_KEYS: {
    roles: ['all', 'api', 'worker'],
    remedy: 'is missing: the keys that encrypt histories; make one with "npm run new-key"',
  },
  DATABASE_URL: {
    roles: ['api', 'worker'],
    remedy: 'is missing: API and worker run apart only over a PostgreSQL that both reach',
  },
};

/**
 * Reads the configuration from the environment.
 *
 * @throws ConfigurationError that names every wrong variable at once, and quotes no value
 */
export function loadConfig(env: NodeJS.ProcessEnv, role: Role): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = environmentSchema.safeParse(given);
  const problems = result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  for (const [name, { roles, remedy }] of Object.entries(requiredBy)) {
    if (roles.includes(role) && given[name] === undefined) problems.push(`${name} ${remedy}`);
  }
  if (role !== 'all' && !namesTemporalServer(given)) {
    problems.push(
      'TEMPORAL_ADDRESS is missing: API and worker run apart only over a Temporal server that both reach',
    );
  }
  if ((given.WORKER_DEPLOYMENT_NAME === undefined) !== (given.WORKER_BUILD_ID === undefined)) {
    problems.push('WORKER_DEPLOYMENT_NAME and WORKER_BUILD_ID go together: give both, or neither');
  }
  if (given.EVENTS_URL !== undefined && given.EVENTS_SECRETS === undefined) {
    problems.push('EVENTS_SECRETS is missing: the secrets that sign what is sent to EVENTS_URL');
  }
  const temporal = readTemporalTarget(given, problems);
  if (!result.success || problems.length > 0) throw new ConfigurationError(problems);
  return toConfig(result.data, temporal, role);
}

function readTemporalTarget(env: NodeJS.ProcessEnv, problems: string[]): TemporalTarget | undefined {
  if (!namesTemporalServer(env)) return undefined;
  try {
    return temporalTargetOf(env);
  } catch (error) {
    problems.push(`TEMPORAL_*: ${error instanceof Error ? error.message : 'can not be read'}`);
    return undefined;
  }
}

function toConfig(environment: Environment, temporal: TemporalTarget | undefined, role: Role) {
  const { SUPEROFFICE_DOMAIN: domain, SUPEROFFICE_REQUEST_TIMEOUT: requestTimeoutMs } = environment;
  return {
    dataDir: environment.DATA_DIR,
    logLevel: environment.LOG_LEVEL,
    databaseUrl: environment.DATABASE_URL,
    sealingKeys: present(environment.SEALING_KEYS),
    payloadKeys: present(environment.PAYLOAD_KEYS),
    api: {
      host: environment.HOST,
      port: environment.PORT ?? (role === 'worker' ? DEFAULT_WORKER_PORT : DEFAULT_PORT),
      tokens: environment.API_TOKENS ?? [],
      requestsPerMinute: environment.API_RATE_LIMIT,
      trustProxy: environment.TRUST_PROXY,
    },
    /** The pages for people. */
    pages: {
      publicUrl: environment.PUBLIC_URL,
      embedOrigins: environment.PORTAL_EMBED_ORIGINS,
      linkValidMs: environment.PORTAL_LINK_VALID,
      sessionMs: environment.PORTAL_SESSION,
    },
    /** Undefined: a dev server of our own. */
    temporal,
    /** Undefined: that of the dev server, if any. */
    temporalUiUrl: environment.TEMPORAL_UI_URL,
    taskQueue: environment.TASK_QUEUE,
    /** Undefined: workers of all versions take every workflow. */
    workerVersion: workerVersionOf(environment),
    maxConcurrentAttempts: environment.MAX_CONCURRENT_ATTEMPTS,
    shutdownGraceMs: environment.SHUTDOWN_GRACE,
    superOffice: {
      policy: {
        domain,
        onPremises: environment.SUPEROFFICE_ON_PREMISES,
        privateNetworks: environment.SUPEROFFICE_PRIVATE_NETWORKS,
      },
      certificateAuthority: environment.SUPEROFFICE_CA_FILE,
      requestTimeoutMs,
    },
    dci: { apiUrl: environment.DCI_API_URL },
    webhooks: {
      toleranceMs: environment.DCI_WEBHOOK_TOLERANCE,
      recordingWindowMs: environment.DCI_API_URL === undefined ? undefined : environment.DCI_RECORDING_WINDOW,
    },
    retryPacing: {
      initialDelayMs: environment.RETRY_INITIAL_DELAY,
      maximumDelayMs: environment.RETRY_MAXIMUM_DELAY,
      maintenanceDelayMs: environment.MAINTENANCE_RETRY_DELAY,
    },
    pacing: {
      intervalMs: environment.PACING_INTERVAL,
      inFlight: environment.PACING_IN_FLIGHT,
      leaseMs: LEASES_PER_HEARTBEAT_TIMEOUT * environment.HEARTBEAT_TIMEOUT,
    },
    deliveryPolicy: {
      retryWindowMs: environment.RETRY_WINDOW,
      attemptMs: 2 * requestTimeoutMs + ATTEMPT_OVERHEAD_MS,
      heartbeatMs: environment.HEARTBEAT_TIMEOUT,
      parkedExpiryMs: environment.PARKED_EXPIRY,
      firstRecheckMs: Math.min(FIRST_RECHECK_MS, environment.PARKED_RECHECK),
      recheckMs: environment.PARKED_RECHECK,
    },
    firstAttempt: {
      atOnceMs: environment.FIRST_ATTEMPT_AT_ONCE ?? undefined,
      maxAtOnce: Math.ceil(environment.MAX_CONCURRENT_ATTEMPTS / 2),
    },
    events: {
      target: eventTargetOf(environment),
      retryInitialMs: environment.EVENTS_RETRY_INITIAL,
    },
    /** Whether spans are sent. */
    isTraced: isTraced(environment),
    tenantLabel: {
      enabled: environment.METRICS_TENANT_LABEL,
      maximumTenants: environment.METRICS_MAX_TENANTS,
    },
    recovery: {
      probeInitialMs: environment.RECOVERY_PROBE_INITIAL,
      probeMaximumMs: environment.RECOVERY_PROBE_MAXIMUM,
      settleMs: environment.RECOVERY_SETTLE,
      heartbeatMs: environment.HEARTBEAT_TIMEOUT,
    },
  };
}

function isTraced(environment: Environment): boolean {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: tracesEndpoint } =
    environment;
  return (
    (endpoint ?? tracesEndpoint) !== undefined && environment.OTEL_SDK_DISABLED?.toLowerCase() !== 'true'
  );
}

function workerVersionOf({ WORKER_DEPLOYMENT_NAME: deploymentName, WORKER_BUILD_ID: buildId }: Environment) {
  return deploymentName === undefined || buildId === undefined ? undefined : { deploymentName, buildId };
}

/** For variables that `requiredBy` has every process give. */
function present<T>(value: T | undefined): T {
  if (value === undefined) throw new ConfigurationError(['a required variable is missing']);
  return value;
}

function parseNetworks(text: string): string[] {
  const networks = text.split(',').map((network) => network.trim());
  if (!networks.every((network) => ipaddr.isValidCIDR(network)))
    throw new Error('must be networks such as 10.0.0.0/8, separated by commas');
  return networks;
}

/** An origin: pages lie at fixed paths of it. */
function parsePublicUrl(text: string): string {
  const origin = originOf(text);
  if (origin === undefined)
    throw new Error('must be an https origin without a path, such as https://example.com');
  return origin;
}

function parseEmbedOrigins(text: string): string[] {
  return text.split(',').map((part) => {
    const origin = originOf(part.trim());
    if (origin === undefined)
      throw new Error(
        'must be https origins without paths, separated by commas, such as https://example.com',
      );
    return origin;
  });
}

function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.href === `${url.origin}/` && isSafe(url) ? url.origin : undefined;
}

/** Plain HTTP is for this machine alone. */
function isSafe({ protocol, hostname }: URL): boolean {
  const isLocal = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLocal);
}

function parseEventsUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isSafe(url)) throw new Error('must be an https URL');
  if (url.username !== '' || url.password !== '') {
    throw new Error('must not hold a user or password, which would not be sent');
  }
  return text;
}

/** Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
function parseEventsSecrets(text: string): string[] {
  const secrets = text.split(',').map((secret) => secret.trim());
  if (!secrets.every(isEventsSecret)) {
    throw new Error('must be secrets of the form whsec_ and 24 to 64 bytes in base64, separated by commas');
  }
  return secrets;
}

function isEventsSecret(secret: string): boolean {
  const encoded = secret.slice('whsec_'.length);
  const key = Buffer.from(encoded, 'base64');
  return (
    secret.startsWith('whsec_') && key.toString('base64') === encoded && key.length >= 24 && key.length <= 64
  );
}

function eventTargetOf({ EVENTS_URL: url, EVENTS_SECRETS: secrets = [] }: Environment) {
  return url === undefined ? undefined : { url, secrets };
}

function readCertificates(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error('must be the path of a file that can be read');
  }
}
