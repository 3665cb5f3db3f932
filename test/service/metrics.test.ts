import { expect, test } from 'vitest';
import { deliveryResults } from '../../src/domain/delivery.js';
import { createMetrics } from '../../src/service/metrics.js';

const attempt = {
  deliveryId: 'd',
  attempt: 1,
  next: 'retry',
  code: 'throttled',
  status: 429,
  host: 'online2.superoffice.com',
  durationMs: 10,
} as const;

function figuresOf(text: string, name: string): string[] {
  return text.split('\n').filter((line) => line.startsWith(`${name}{`));
}

test('tenants are not named unless that is asked for', async () => {
  const metrics = createMetrics({ enabled: false, maximumTenants: 200 });
  metrics.attempts.attempted({ ...attempt, tenantId: 'acme' });
  metrics.events.raised({
    type: 'delivery.parked',
    tenantId: 'acme',
    deliveryId: 'd',
    code: 'not-found',
    occurrenceId: '1',
  });
  expect(await metrics.text()).not.toContain('acme');
  expect(figuresOf(await metrics.text(), 'dci_superoffice_events_total')).toEqual([
    'dci_superoffice_events_total{type="delivery.parked",code="not-found"} 1',
  ]);
});

test('the first tenants are named, all others count as one, and a named one stays so', async () => {
  const metrics = createMetrics({ enabled: true, maximumTenants: 2 });
  for (const tenantId of ['acme', 'beta', 'gamma', 'delta', 'acme']) {
    metrics.attempts.attempted({ ...attempt, tenantId });
    metrics.events.raised({ type: 'connection.recovered', tenantId, occurrenceId: '1' });
  }
  expect(figuresOf(await metrics.text(), 'dci_superoffice_attempts_total')).toEqual([
    'dci_superoffice_attempts_total{next="retry",code="throttled",tenant="acme"} 2',
    'dci_superoffice_attempts_total{next="retry",code="throttled",tenant="beta"} 1',
    'dci_superoffice_attempts_total{next="retry",code="throttled",tenant="other"} 2',
  ]);
  expect(figuresOf(await metrics.text(), 'dci_superoffice_events_total')).toHaveLength(3);
});

test('attempts to send events are counted by what is next', async () => {
  const metrics = createMetrics({ enabled: false, maximumTenants: 1 });
  for (const next of ['retry', 'retry', 'give-up'] as const) {
    metrics.events.attempted({ workflowId: 'event/acme/1', attempt: 1, next, status: 503 });
  }
  expect(figuresOf(await metrics.text(), 'dci_superoffice_event_attempts_total')).toEqual([
    'dci_superoffice_event_attempts_total{next="done"} 0',
    'dci_superoffice_event_attempts_total{next="retry"} 2',
    'dci_superoffice_event_attempts_total{next="give-up"} 1',
  ]);
});

test('what alerts watch is counted from nothing on, so that the first of it is an increase', async () => {
  const text = await createMetrics({ enabled: false, maximumTenants: 1 }).text();
  expect(figuresOf(text, 'dci_superoffice_event_attempts_total')).toEqual([
    'dci_superoffice_event_attempts_total{next="done"} 0',
    'dci_superoffice_event_attempts_total{next="retry"} 0',
    'dci_superoffice_event_attempts_total{next="give-up"} 0',
  ]);
  expect(figuresOf(text, 'dci_superoffice_attempts_total')).toEqual(
    deliveryResults.map((code) => `dci_superoffice_attempts_total{next="done",code="${code}"} 0`),
  );
  expect(figuresOf(text, 'dci_superoffice_submissions_total')).toEqual([
    'dci_superoffice_submissions_total{outcome="accepted"} 0',
  ]);
});

test('no tenant is shown before it has had a delivery', async () => {
  const text = await createMetrics({ enabled: true, maximumTenants: 1 }).text();
  expect(figuresOf(text, 'dci_superoffice_attempts_total')).toEqual([]);
});
