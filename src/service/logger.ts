import { type Logger, pino } from 'pino';

/** Structured logs on standard output, one JSON object a line. What reaches it holds codes, ids and figures only. */
export function createLogger(level: string): Logger {
  return pino({ level, base: { service: 'dci-superoffice', pid: process.pid } });
}
