import type { Client } from '@temporalio/client';
import type { Registry } from 'prom-client';
import type { Queries } from '../../store/database.js';
import { readFigures } from '../../store/figures.js';
import { countBacklog } from '../../temporal/backlog.js';
import { cached } from './cached.js';
import { gaugeOf } from './gauge.js';

/** Counting costs the server and the database something: however often somebody reads, they are asked this seldom. */
const MAX_AGE_MS = 15_000;

/**
 * What is open, of all tenants. Every process that shows it shows the same: take the maximum over them, not the sum.
 */
export function backlogMetrics(
  registry: Registry,
  { client, queries }: { client: Client; queries: Queries },
  maxAgeMs = MAX_AGE_MS,
): void {
  const backlog = cached(() => countBacklog(client), maxAgeMs);
  const figures = cached(() => readFigures(queries), maxAgeMs);

  gaugeOf(
    registry,
    {
      name: 'dci_superoffice_deliveries_open',
      help: 'Deliveries that have not ended, of all processes: delivering (the next attempt awaited, too), parked, or paused with their connection.',
      labelNames: ['state'],
    },
    async () => {
      const open = await backlog();
      return (
        open && [
          { labels: { state: 'delivering' }, value: open.delivering },
          { labels: { state: 'parked' }, value: open.parked },
          { labels: { state: 'paused' }, value: open.paused },
        ]
      );
    },
  );
  gaugeOf(
    registry,
    {
      name: 'dci_superoffice_events_pending',
      help: 'Operational events that are not yet sent, of all processes.',
    },
    async () => {
      const open = await backlog();
      return open && [{ value: open.eventsPending }];
    },
  );
  gaugeOf(
    registry,
    {
      name: 'dci_superoffice_connections',
      help: 'Connections of tenants by state, of all processes.',
      labelNames: ['state'],
    },
    async () => {
      const counted = await figures();
      return (
        counted && Object.entries(counted.connections).map(([state, value]) => ({ labels: { state }, value }))
      );
    },
  );
  gaugeOf(
    registry,
    {
      name: 'dci_superoffice_connections_in_trouble',
      help: 'Connections that need somebody, by the code of the trouble, of all processes.',
      labelNames: ['code'],
    },
    async () => {
      const counted = await figures();
      return counted?.attention.map(({ code, count }) => ({ labels: { code }, value: count }));
    },
  );
  gaugeOf(
    registry,
    {
      name: 'dci_superoffice_pacing_turns',
      help: 'Places in the lines of all tenants: waiting for their turn, or calling.',
      labelNames: ['state'],
    },
    async () => {
      const counted = await figures();
      return (
        counted && [
          { labels: { state: 'waiting' }, value: counted.line.waiting },
          { labels: { state: 'calling' }, value: counted.line.calling },
        ]
      );
    },
  );
  gaugeOf(
    registry,
    {
      name: 'dci_superoffice_pacing_longest_wait_seconds',
      help: 'Time until the turn of the last delivery in the longest line of a tenant.',
    },
    async () => {
      const counted = await figures();
      return counted && [{ value: counted.line.longestWaitSeconds }];
    },
  );
}
