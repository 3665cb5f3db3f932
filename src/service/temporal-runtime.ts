import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';
import { freePort } from '../temporal/dev-server/free-port.js';
import { readSdkMetrics, type SdkMetrics } from './sdk-metrics.js';

/** Parts of the SDK whose errors come from our own code, and may quote what it worked on. */
const ownComponents: ReadonlySet<unknown> = new Set(['activity', 'workflow']);

/** Upper bounds of what the SDK times, in seconds: its own end at ten, and deliveries may wait for longer. */
const LATENCY_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];
const latencies = [
  'activity_schedule_to_start_latency',
  'activity_execution_latency',
  'local_activity_execution_latency',
  'workflow_task_schedule_to_start_latency',
  'workflow_task_execution_latency',
  'request_latency',
];

/** The SDK takes no port that is free by then, but only one that is named: another process may be faster. */
const MAX_TRIES = 5;

/**
 * Sends the SDK's logs the way of all others, leaves signals to the service's own shutdown, and has it keep figures:
 * how to read them. Once a process.
 */
export async function installTemporalRuntime(logger: Logger): Promise<SdkMetrics> {
  for (let tries = 1; ; tries += 1) {
    const bindAddress = `127.0.0.1:${await freePort('127.0.0.1')}`;
    try {
      Runtime.install({
        logger: new DefaultLogger('INFO', (entry) => write(logger, entry)),
        telemetryOptions: {
          logging: { filter: { core: 'WARN', other: 'WARN' }, forward: {} },
          metrics: {
            attachServiceName: false,
            prometheus: {
              bindAddress,
              countersTotalSuffix: true,
              unitSuffix: true,
              useSecondsForDurations: true,
              histogramBucketOverrides: Object.fromEntries(latencies.map((name) => [name, LATENCY_BUCKETS])),
            },
          },
        },
        shutdownSignals: [],
      });
      return readSdkMetrics(bindAddress);
    } catch (error) {
      if (tries === MAX_TRIES) throw error;
    }
  }
}

function write(logger: Logger, { level, message, meta = {} }: LogEntry): void {
  const { error, ...fields } = meta as Record<string, unknown>;
  const facts = { ...simpleFields(fields), ...factsOf(error, ownComponents.has(fields.sdkComponent)) };
  if (level === 'ERROR') logger.error(facts, message);
  else if (level === 'WARN') logger.warn(facts, message);
  else logger.info(facts, message);
}

function simpleFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)),
  );
}

function factsOf(error: unknown, isOwn: boolean): Record<string, unknown> {
  if (!(error instanceof Error)) return {};
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    errorName: error.name,
    ...(isOwn ? { frames: frames.slice(0, 5) } : { errorMessage: error.message }),
  };
}
