import { expect, test } from 'vitest';
import { diagnosisOf } from '../../src/domain/diagnosis.js';
import { eventBody } from '../../src/domain/operational-event.js';

const AT = new Date('2026-09-02T06:00:00.000Z');
const occurrence = { tenantId: 'acme', occurrenceId: 'o-1' };

test('a parked delivery is told with its id, what is wrong and what to do', () => {
  const body = eventBody(
    { ...occurrence, type: 'delivery.parked', deliveryId: 'd-1', code: 'unauthorized' },
    AT,
  );
  expect(JSON.parse(body)).toEqual({
    type: 'delivery.parked',
    timestamp: '2026-09-02T06:00:00.000Z',
    data: { tenantId: 'acme', deliveryId: 'd-1', code: 'unauthorized', ...diagnosisOf('unauthorized') },
  });
});

test('a connection that is well again has neither delivery nor trouble', () => {
  expect(JSON.parse(eventBody({ ...occurrence, type: 'connection.recovered' }, AT))).toEqual({
    type: 'connection.recovered',
    timestamp: '2026-09-02T06:00:00.000Z',
    data: { tenantId: 'acme' },
  });
});
