import type { OperationalEvent } from '../domain/operational-event.js';

/** What is told of one attempt: codes, ids and figures, nothing personal. */
export interface ObservedAttempt {
  tenantId: string;
  deliveryId: string;
  /** From 1. */
  attempt: number;
  next: 'done' | 'retry' | 'park';
  /** The receipt's result, or the code of the trouble. */
  code: string;
  status: number | undefined;
  host: string | undefined;
  durationMs: number;
  retryInMs?: number;
}

/** Hears of every attempt; logs and metrics are made of it. */
export interface AttemptObserver {
  attempted(attempt: ObservedAttempt): void;
}

/** Hears of every operational event; logs and metrics are made of it. */
export interface EventObserver {
  raised(event: OperationalEvent): void;
}
