import { diagnosisOf } from './diagnosis.js';

/** What operators and DCI are told without asking. */
export const operationalEventTypes = [
  'delivery.parked',
  'delivery.expired',
  'connection.attention-needed',
  'connection.recovered',
] as const;
export type OperationalEventType = (typeof operationalEventTypes)[number];

/** Something that happened; codes and ids only. */
export interface OperationalEvent {
  type: OperationalEventType;
  tenantId: string;
  deliveryId?: string;
  /** What is wrong: a code of `domain/diagnosis.ts`. */
  code?: string;
  /** Tells this time from every other, so that it is told once. */
  occurrenceId: string;
}

/** An event as it is sent, in the form of Standard Webhooks: `{type, timestamp, data}`. */
export function eventBody({ type, tenantId, deliveryId, code }: OperationalEvent, at: Date): string {
  return JSON.stringify({
    type,
    timestamp: at.toISOString(),
    data: {
      tenantId,
      deliveryId,
      ...(code !== undefined && { code, ...diagnosisOf(code) }),
    },
  });
}
