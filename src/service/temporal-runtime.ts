import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';

/** Parts of the SDK whose errors come from our own code, and may quote what it worked on. */
const ownComponents: ReadonlySet<unknown> = new Set(['activity', 'workflow']);

/**
 * Sends the SDK's logs the way of all others, and leaves signals to the service's own shutdown. Once a process.
 */
export function installTemporalRuntime(logger: Logger): void {
  Runtime.install({
    logger: new DefaultLogger('INFO', (entry) => write(logger, entry)),
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'WARN' }, forward: {} } },
    shutdownSignals: [],
  });
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
