import type { OperationalEvent } from '../domain/operational-event.js';

/** What is told of one attempt: codes, ids and figures, nothing personal. */
export interface ObservedAttempt {
  tenantId: string;
  deliveryId: string;
  workflowId?: string;
  runId?: string;
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

/** What is told of one attempt to send an event. */
export interface ObservedEventAttempt {
  /** `event/{tenant}/{id}`; the receiver knows it as `msg_{id}`. */
  workflowId: string | undefined;
  /** From 1. */
  attempt: number;
  /** `give-up`: the event is undeliverable. */
  next: 'done' | 'retry' | 'give-up';
  /** Of the receiver's answer; undefined when none came. */
  status: number | undefined;
  retryInMs?: number;
}

/** Hears of every operational event and of every attempt to send one; logs and metrics are made of it. */
export interface EventObserver {
  raised(event: OperationalEvent): void;
  attempted(attempt: ObservedEventAttempt): void;
}
