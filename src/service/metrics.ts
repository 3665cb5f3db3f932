import type { Client } from '@temporalio/client';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { AttemptObserver, EventObserver } from '../activities/observer.js';
import type { ApiMetrics } from '../api/metrics.js';
import type { ReadinessChecks } from '../api/readiness.js';
import type { Database } from '../store/database.js';
import type { DeliveryObserver } from './delivery-sinks.js';
import { attemptMetrics } from './metrics/attempts.js';
import { backlogMetrics } from './metrics/backlog.js';
import { deliveryMetrics } from './metrics/deliveries.js';
import { dependencyMetrics } from './metrics/dependencies.js';
import { eventMetrics } from './metrics/events.js';
import { requestMetrics } from './metrics/requests.js';
import { createTenantLabel, type TenantLabelOptions } from './tenant-label.js';

export type Metrics = ApiMetrics & {
  attempts: AttemptObserver;
  deliveries: DeliveryObserver;
  events: EventObserver;
  /** Shows what the process depends on from now on. */
  watchDependencies(checks: ReadinessChecks, database: Database): void;
  /** Shows what is open in the whole service from now on. */
  watchBacklog(sources: { client: Client; database: Database }): void;
};

/**
 * The figures of a process, for Prometheus. Labels are codes, never ids, and tenants only where that is asked for:
 * their number is bounded. `docs/metrics.md` lists them all.
 *
 * @param sdkText those of the Temporal SDK, in the same format, shown behind our own
 */
export function createMetrics(
  tenantLabel: TenantLabelOptions,
  sdkText: () => Promise<string> = () => Promise.resolve(''),
): Metrics {
  const registry = new Registry();
  const tenant = createTenantLabel(tenantLabel);
  collectDefaultMetrics({ register: registry });
  return {
    ...requestMetrics(registry),
    attempts: attemptMetrics(registry, tenant),
    deliveries: deliveryMetrics(registry, tenant),
    events: eventMetrics(registry, tenant),
    watchDependencies: (checks, database) => dependencyMetrics(registry, checks, database),
    watchBacklog: ({ client, database }) => backlogMetrics(registry, { client, queries: database.queries }),
    contentType: registry.contentType,
    async text() {
      const [own, sdk] = await Promise.all([registry.metrics(), sdkText()]);
      return own + sdk;
    },
  };
}
