import { Counter, Histogram, type Registry } from 'prom-client';
import type { AttemptObserver } from '../../activities/observer.js';
import { deliveryResults } from '../../domain/delivery.js';
import type { TenantLabel } from '../tenant-label.js';

/** Calls to SuperOffice: what came of them, and how long they took. */
export function attemptMetrics(registry: Registry, tenant: TenantLabel): AttemptObserver {
  const attempts = new Counter({
    name: 'dci_superoffice_attempts_total',
    help: 'Attempts to deliver, by what is next and why.',
    labelNames: ['next', 'code', ...tenant.names],
    registers: [registry],
  });
  // A counter that begins at 1 has no increase, and an alert takes that for nothing delivered. Which tenants there will
  // be nobody knows yet.
  if (tenant.names.length === 0) {
    for (const code of deliveryResults) attempts.inc({ next: 'done', code }, 0);
  }
  const seconds = new Histogram({
    name: 'dci_superoffice_attempt_duration_seconds',
    help: 'How long calls to SuperOffice take.',
    labelNames: ['next'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 75],
    registers: [registry],
  });
  return {
    attempted({ tenantId, next, code, host, durationMs }) {
      attempts.inc({ next, code, ...tenant.of(tenantId) });
      // No call was made where SuperOffice was known to be away.
      if (host !== undefined) seconds.observe({ next }, durationMs / 1000);
    },
  };
}
