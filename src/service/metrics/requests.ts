import { Counter, Histogram, type Registry } from 'prom-client';
import type { ApiMetrics } from '../../api/metrics.js';

/** What the API is asked, and what became of summaries at its door. */
export function requestMetrics(registry: Registry): Pick<ApiMetrics, 'submissions' | 'requests'> {
  const submissions = new Counter({
    name: 'dci_superoffice_submissions_total',
    help: 'Summaries handed in, by what became of them at the door.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  // A counter that begins at 1 has no increase: an alert would not know of the first summary.
  submissions.inc({ outcome: 'accepted' }, 0);
  const seconds = new Histogram({
    name: 'dci_superoffice_http_request_duration_seconds',
    help: 'Requests to the API, by route and status, and how long their answers took.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  return {
    submissions,
    requests: {
      answered({ method, route, status, durationMs }) {
        seconds.observe({ method, route, status }, durationMs / 1000);
      },
    },
  };
}
