import { trace } from '@opentelemetry/api';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

/**
 * What no line may hold, should it reach the logger after all: the whole field is cut out. The names are those under
 * which secrets and personal data live in this service's own objects and in those of its libraries.
 */
const secretFields = [
  'token',
  'key',
  'password',
  'secret',
  'secrets',
  'apiToken',
  'sealedToken',
  'authorization',
  'cookie',
  'summary',
  'summaryText',
  'summaryHtml',
  'body',
  'payload',
  'presenterEmail',
  'participantEmails',
  'recordingUrl',
  'meetingName',
  'params',
  'parameters',
];

/** In the fields of a line, or in an object among them. */
const redactedPaths = ['', '*.'].flatMap((prefix) => secretFields.map((field) => prefix + field));

/** Structured logs, one JSON object a line. What reaches it holds codes, ids and figures only; `docs/logs.md`. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { service: 'dci-superoffice', pid: process.pid },
    redact: { paths: redactedPaths, remove: true },
    mixin: traceFields,
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Which trace a line belongs to, where there is one. */
function traceFields(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}
