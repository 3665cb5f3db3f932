import { Counter, type Registry } from 'prom-client';
import type { EventObserver, ObservedEventAttempt } from '../../activities/observer.js';
import type { TenantLabel } from '../tenant-label.js';

const nexts = ['done', 'retry', 'give-up'] as const satisfies ObservedEventAttempt['next'][];

/** Operational events, and the attempts to send them. */
export function eventMetrics(registry: Registry, tenant: TenantLabel): EventObserver {
  const events = new Counter({
    name: 'dci_superoffice_events_total',
    help: 'Operational events, by type and by the trouble that they tell of.',
    labelNames: ['type', 'code', ...tenant.names],
    registers: [registry],
  });
  const attempts = new Counter({
    name: 'dci_superoffice_event_attempts_total',
    help: 'Attempts to send operational events, by what is next.',
    labelNames: ['next'],
    registers: [registry],
  });
  // A counter that begins at 1 has no increase, and an alert waits for the first event that is given up.
  for (const next of nexts) attempts.inc({ next }, 0);
  return {
    raised({ type, tenantId, code = 'none' }) {
      events.inc({ type, code, ...tenant.of(tenantId) });
    },
    attempted({ next }) {
      attempts.inc({ next });
    },
  };
}
