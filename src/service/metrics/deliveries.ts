import { Counter, Histogram, type Registry } from 'prom-client';
import type { DeliveryObserver } from '../delivery-sinks.js';
import type { TenantLabel } from '../tenant-label.js';

/** How deliveries end, how long they were on their way, and what parks them. */
export function deliveryMetrics(registry: Registry, tenant: TenantLabel): DeliveryObserver {
  const ended = new Counter({
    name: 'dci_superoffice_deliveries_ended_total',
    help: 'Deliveries that ended, by state and, for those delivered, by what SuperOffice did.',
    labelNames: ['state', 'result', ...tenant.names],
    registers: [registry],
  });
  const parked = new Counter({
    name: 'dci_superoffice_deliveries_parked_total',
    help: 'Deliveries that were parked, by the trouble; held: behind a known trouble of their tenant, without a call.',
    labelNames: ['code', 'held', ...tenant.names],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'dci_superoffice_delivery_duration_seconds',
    help: 'Time from taking a summary in until it was in SuperOffice, waiting and parking included.',
    buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400, 259_200],
    registers: [registry],
  });
  return {
    ended({ tenantId, state, result = 'none', durationMs }) {
      ended.inc({ state, result, ...tenant.of(tenantId) });
      if (state === 'delivered') seconds.observe(durationMs / 1000);
    },
    parked({ tenantId, code, held }) {
      parked.inc({ code, held: String(held), ...tenant.of(tenantId) });
    },
  };
}
