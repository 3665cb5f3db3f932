import { trace } from '@opentelemetry/api';
import type { AttemptObserver } from '../activities/observer.js';

/** Writes the outcome of an attempt to its span, where there is one, and passes it on. */
export function traceAttempts(next: AttemptObserver): AttemptObserver {
  return {
    attempted(attempt) {
      trace.getActiveSpan()?.setAttributes({
        'dci_superoffice.tenant_id': attempt.tenantId,
        'dci_superoffice.delivery_id': attempt.deliveryId,
        'dci_superoffice.attempt': attempt.attempt,
        'dci_superoffice.next': attempt.next,
        'dci_superoffice.code': attempt.code,
      });
      next.attempted(attempt);
    },
  };
}
