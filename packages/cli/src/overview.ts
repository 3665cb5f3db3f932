import type { Overview } from '@dci-superoffice/client';
import type { Output } from './output.js';
import { ago, columns, count } from './words.js';

/** How all tenants are: figures, then each trouble with its remedy, then the tenants that need attention. */
export function overviewWords(
  output: Output,
  { workers, backlog, connections, deliveries, tenants }: Overview,
): string {
  const alarming = (number: number, text: string) => (number > 0 ? output.style('red', text) : text);
  const figures = [
    [
      'workers',
      workers === 0 ? output.style('red', 'none') : `${workers}, ${count(backlog, 'task')} not taken yet`,
    ],
    [
      'connections',
      `${connections.total}, ${alarming(connections.troubled, `${connections.troubled} in trouble`)}, ${connections.paused} paused`,
    ],
    ['under way', `${deliveries.underWay}, ${deliveries.slow} of them for more than a minute`],
    ['parked', alarming(deliveries.parked, String(deliveries.parked))],
    [
      'delivered',
      `${deliveries.deliveredLastHour} in the last hour, ${deliveries.deliveredLastDay} in the last day`,
    ],
  ].map(([name = '', value = '']) => [output.style('dim', name), value]);
  const troubles = deliveries.parkedByTrouble.map(
    ({ code, parked, cause, remedy }) =>
      `${output.style('red', code)}: ${count(parked, 'delivery', 'deliveries')}. ${cause}\n  ${output.style('bold', remedy)}`,
  );
  const rows = tenants.map(({ tenantId, trouble, parked, attentionSince }) => [
    tenantId,
    output.style('red', trouble),
    `${parked} parked`,
    attentionSince === undefined ? '' : `since ${ago(attentionSince)}`,
  ]);
  return [columns(figures), ...troubles, ...(rows.length > 0 ? [columns(rows)] : [])].join('\n\n');
}
