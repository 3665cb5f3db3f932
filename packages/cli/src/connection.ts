import type { Connection } from '@dci-superoffice/client';
import type { Output } from './output.js';
import { ago } from './words.js';

/** Everything that is known of a connection, a line each. */
export function connectionRows(output: Output, connection: Connection): string[][] {
  const { state, attention, notice, customerInstance, domainPrefix, endpoint, includeId, timeZone } =
    connection;
  const colour = { connected: 'green', paused: 'yellow', 'attention-needed': 'red' } as const;
  return [
    ['connection', `${output.style(colour[state], state)}, changed ${ago(connection.updatedAt)}`],
    ...(attention
      ? [
          ['trouble', `${attention.code}, since ${ago(attention.since)}: ${attention.cause}`],
          ['remedy', output.style('bold', attention.remedy)],
        ]
      : []),
    ...(notice ? [['notice', `${notice.cause} ${notice.remedy}`]] : []),
    ['customer', `${customerInstance} at ${endpoint ?? domainPrefix}`],
    ['script', includeId],
    ['time zone', timeZone],
  ].map(([name = '', value = '']) => [output.style('dim', name), value]);
}
