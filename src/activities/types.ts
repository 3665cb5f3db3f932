import type { Receipt, SkipReason } from '../domain/delivery.js';
import type { UnrenderedPayload } from '../domain/payload.js';
import type { Summary } from '../domain/summary.js';

/** What a delivery needs to know of its tenant's connection; no secret is among it. */
export type LoadedConnection =
  | { status: 'connected'; timeZone: string; pushTimeouts: PushTimeouts }
  | { status: 'unavailable'; reason: SkipReason };

/** How long `pushSummary` may take. All in milliseconds. */
export interface PushTimeouts {
  /** How long attempts go on before the delivery is parked. */
  retryWindowMs: number;
  /** One attempt, its look-ups included. */
  attemptMs: number;
  /** A worker that is silent for so long is taken for dead, and the attempt is made again. */
  heartbeatMs: number;
}

export interface BuildPayloadInput {
  deliveryId: string;
  summary: Omit<Summary, 'summary'>;
  timeZone: string;
}

export interface PushSummaryInput {
  tenantId: string;
  payload: UnrenderedPayload;
  /** The summary as DCI wrote it; rendered only when it leaves. */
  summary: string;
}

export type PushSummaryResult = Receipt & {
  /** Number of the attempt that brought it there, from 1. */
  attempt: number;
};

/** `type` of the failures by which `pushSummary` says that there is no longer a connection to push to. */
export type SkipFailureType = `skip:${SkipReason}`;

/** Details of every failure of `pushSummary`: codes only. */
export interface PushFailureDetails {
  attempt: number;
  status?: number;
}

export interface FetchRecordingUrlInput {
  tenantId: string;
  /** DCI's id of the conversation. */
  conversationId: string;
}

/** The activities of a delivery, as workflows see them. */
export interface Activities {
  loadConnection(input: { tenantId: string }): Promise<LoadedConnection>;
  buildPayload(input: BuildPayloadInput): Promise<UnrenderedPayload>;
  pushSummary(input: PushSummaryInput): Promise<PushSummaryResult>;
  /** The link to a recording; null where there is none. */
  fetchRecordingUrl(input: FetchRecordingUrlInput): Promise<string | null>;
}
