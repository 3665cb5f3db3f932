import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { AttemptObserver, EventObserver } from '../activities/observer.js';
import type { ApiMetrics } from '../api/metrics.js';
import { createTenantLabel, type TenantLabelOptions } from './tenant-label.js';

export type Metrics = ApiMetrics & { attempts: AttemptObserver; events: EventObserver };

/**
 * The figures of a process, for Prometheus. Labels are codes, never ids, and tenants only where that is asked for:
 * their number is bounded.
 */
export function createMetrics(tenantLabel: TenantLabelOptions): Metrics {
  const registry = new Registry();
  const tenant = createTenantLabel(tenantLabel);
  collectDefaultMetrics({ register: registry });
  const submissions = new Counter({
    name: 'dci_superoffice_submissions_total',
    help: 'Summaries handed in, by what became of them at the door.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const attempts = new Counter({
    name: 'dci_superoffice_attempts_total',
    help: 'Calls to SuperOffice, by what is next and why.',
    labelNames: ['next', 'code', ...tenant.names],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'dci_superoffice_attempt_duration_seconds',
    help: 'How long calls to SuperOffice take.',
    labelNames: ['next'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 75],
    registers: [registry],
  });
  const events = new Counter({
    name: 'dci_superoffice_events_total',
    help: 'Operational events, by type and by the trouble that they tell of.',
    labelNames: ['type', 'code', ...tenant.names],
    registers: [registry],
  });
  const eventAttempts = new Counter({
    name: 'dci_superoffice_event_attempts_total',
    help: 'Attempts to send operational events, by what is next.',
    labelNames: ['next'],
    registers: [registry],
  });
  return {
    submissions,
    contentType: registry.contentType,
    text: () => registry.metrics(),
    events: {
      raised({ type, tenantId, code = 'none' }) {
        events.inc({ type, code, ...tenant.of(tenantId) });
      },
      attempted({ next }) {
        eventAttempts.inc({ next });
      },
    },
    attempts: {
      attempted({ tenantId, next, code, durationMs }) {
        attempts.inc({ next, code, ...tenant.of(tenantId) });
        seconds.observe({ next }, durationMs / 1000);
      },
    },
  };
}
