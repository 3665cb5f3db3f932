import type { Registry } from 'prom-client';
import { type ReadinessChecks, readinessOf } from '../../api/readiness.js';
import type { Database } from '../../store/database.js';
import { cached } from './cached.js';
import { gaugeOf } from './gauge.js';

/** Two who read at the same time are answered by one round of checks. */
const MAX_AGE_MS = 5_000;

/** What the process depends on, as `/readyz` tells it, and its connections to the database. */
export function dependencyMetrics(registry: Registry, checks: ReadinessChecks, database: Database): void {
  const readiness = cached(() => readinessOf(checks), MAX_AGE_MS);
  gaugeOf(
    registry,
    {
      name: 'dci_superoffice_dependency_up',
      help: 'Whether what the process depends on is there (1) or away (0), as /readyz tells it.',
      labelNames: ['dependency'],
    },
    async () =>
      Object.entries((await readiness()) ?? {}).map(([dependency, state]) => ({
        labels: { dependency },
        value: state === 'up' ? 1 : 0,
      })),
  );
  const { pool } = database;
  if (!pool) return;
  gaugeOf(
    registry,
    {
      name: 'dci_superoffice_database_connections',
      help: 'Connections of the process to PostgreSQL: active or idle.',
      labelNames: ['state'],
    },
    () => {
      const { total, idle } = pool();
      return [
        { labels: { state: 'active' }, value: total - idle },
        { labels: { state: 'idle' }, value: idle },
      ];
    },
  );
  gaugeOf(
    registry,
    {
      name: 'dci_superoffice_database_waiting_queries',
      help: 'Queries of the process that wait for a connection to PostgreSQL.',
    },
    () => [{ value: pool().waiting }],
  );
}
