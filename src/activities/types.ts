import type { ConnectInput, ConnectNotice, RefusalCode } from '../domain/connection-change.js';
import type { ConnectionTestReport } from '../domain/connection-test.js';
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

/** What SuperOffice tells of a customer that is to be connected. */
export type LookedUpTenant =
  | { status: 'running'; endpoint: string }
  | { status: 'unclear'; notice: ConnectNotice }
  | { status: 'refused'; code: RefusalCode };

/** The activities, as workflows see them. */
export interface Activities extends DeliveryActivities, ConnectionActivities {}

/** The activities of a change of a connection, or of a whole tenant. */
interface ConnectionActivities {
  lookUpTenant(input: { domainPrefix: string; customerInstance: string }): Promise<LookedUpTenant>;
  storeConnection(input: ConnectInput & { endpoint: string | null }): Promise<void>;
  removeConnection(input: { tenantId: string }): Promise<void>;
  /** Undefined when the tenant is not connected. */
  testConnection(input: { tenantId: string }): Promise<ConnectionTestReport | undefined>;
  /** Whether the tenant's deliveries may go out. */
  clearAttention(input: { tenantId: string }): Promise<{ enabled: boolean }>;
  retryParked(input: { tenantId: string }): Promise<void>;
  cancelDeliveries(input: { tenantId: string }): Promise<{ cancelled: number }>;
  deleteWorkflows(input: { tenantId: string }): Promise<{ deleted: number }>;
  eraseRows(input: { tenantId: string }): Promise<{ erased: number }>;
}

/** The activities of a delivery. */
interface DeliveryActivities {
  loadConnection(input: { tenantId: string }): Promise<LoadedConnection>;
  buildPayload(input: BuildPayloadInput): Promise<UnrenderedPayload>;
  pushSummary(input: PushSummaryInput): Promise<PushSummaryResult>;
}
