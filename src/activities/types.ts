import type { Receipt, RetryRequester, SkipReason } from '../domain/delivery.js';
import type { PermanentTrouble, TransientTrouble } from '../domain/diagnosis.js';
import type { OperationalEvent } from '../domain/operational-event.js';
import type { RecoveryPolicy } from '../domain/recovery.js';
import type { ConnectInput, ConnectNotice, RefusalCode } from '../domain/connection-change.js';
import type { ConnectionTestReport } from '../domain/connection-test.js';
import type { UnrenderedPayload } from '../domain/payload.js';
import type { Summary } from '../domain/summary.js';

/** How a delivery is tried, waits and ends. All in milliseconds. */
export interface DeliveryPolicy {
  /** How long attempts go on before the delivery is parked. */
  retryWindowMs: number;
  /** One attempt, its look-ups included. */
  attemptMs: number;
  /** A worker that is silent for so long is taken for dead, and the attempt is made again. */
  heartbeatMs: number;
  /** How long a delivery stays parked before it is given up. */
  parkedExpiryMs: number;
  /** When a parked delivery first looks by itself whether its trouble is over. */
  firstRecheckMs: number;
  /** The same from then on. */
  recheckMs: number;
}

export interface LoadConnectionInput {
  tenantId: string;
  deliveryId: string;
  meetingId: string;
  /** When the summary was written, or handed in; ISO 8601. The newest of a meeting wins. */
  writtenAt: string;
  /** Somebody wants this one tried, even while its tenant is in trouble. */
  insist: boolean;
  /** What the payload is made of; absent while that is not complete. Nothing of an input is kept in the history. */
  meeting?: Omit<Summary, 'summary'>;
  /** The summary as DCI wrote it, where the first attempt may be made at once. */
  text?: string;
  /** File it once more, whatever there is of it. */
  force?: boolean;
}

/** What a delivery needs to know of its tenant's connection; no secret is among it. */
export type LoadedConnection =
  | (UsableConnection & {
      status: 'connected';
      timeZone: string;
      /** What came of the first attempt; absent when `pushSummary` is to make it. */
      first?: AttemptOutcome;
      /** What `pushSummary` is to push, where there is something left for it and the meeting was given. */
      payload?: UnrenderedPayload;
    })
  /** The tenant is in trouble, or paused: the delivery is parked without a call. */
  | (UsableConnection & { status: 'held'; code: PermanentTrouble; words: string })
  | { status: 'superseded' }
  | { status: 'unavailable'; reason: SkipReason };

interface UsableConnection {
  epoch: number;
  policy: DeliveryPolicy;
  /** Counts the summaries of the meeting, from 1. */
  revision: number;
  /** The delivery of the meeting's earlier summary, which gives way. */
  supersedes?: string;
}

export interface BuildPayloadInput {
  deliveryId: string;
  summary: Omit<Summary, 'summary'>;
  timeZone: string;
  revision: number;
  force: boolean;
}

/** What came of an attempt, and what is next. */
export type AttemptOutcome =
  | { next: 'done'; receipt: Receipt }
  | { next: 'retry'; failed: FailedCall }
  /** A person is needed. */
  | { next: 'park'; code: PermanentTrouble; words: string; status?: number };

/** A call that failed, and when to make the next. */
export interface FailedCall {
  code: TransientTrouble;
  /** HTTP status of the answer. */
  status?: number;
  /** How long to wait before the next call, in milliseconds. */
  retryInMs: number;
}

export interface PushSummaryInput {
  tenantId: string;
  payload: UnrenderedPayload;
  /** The summary as DCI wrote it; rendered only when it leaves. */
  summary: string;
  /** As in `LoadConnectionInput`. */
  insist?: boolean;
  /** The call that was made at once, before this activity began: it is told as this one's first. */
  failed?: FailedCall;
}

export type PushSummaryResult = Receipt & {
  /** Calls that were made, the one that brought it there included. */
  attempt: number;
};

/** `type` of the failures by which `pushSummary` says that this delivery is no longer to be pushed. */
export type EndFailureType = `skip:${SkipReason}` | 'superseded';

/** Details of every failure of `pushSummary`: codes only. */
export interface PushFailureDetails {
  /** Calls made so far. */
  attempt: number;
  status?: number;
  /** No call was made: the trouble is the tenant's, and known already. */
  held?: boolean;
  /** The connection's epoch in which the trouble was met. */
  epoch?: number;
}

export interface TenantInput {
  tenantId: string;
}

export interface ProbeConnectionInput extends TenantInput {
  /** Whether somebody was told of the trouble, and is to be told of its end. Absent: asked by an older workflow. */
  isAnnounced?: boolean;
  /** Somebody says that the trouble is over: where none is noted (any more), no call is made. */
  isMended: boolean;
}

/** Which of a tenant's parked deliveries to start again. */
export interface RetryParkedInput extends TenantInput {
  requester: RetryRequester;
  /** At most so many. */
  limit: number;
}

/**
 * `over`: nothing is wrong (any more). `moot`: the tenant is no longer connected, or paused without anybody to be told.
 * `unclear`: the call failed in a way that passes by itself, and no trouble is noted (any more). Workflows that do not say
 * whether the trouble was announced know neither `paused` nor `unclear`.
 */
export type ProbeResult =
  | { status: 'over' }
  | { status: 'moot' }
  | { status: 'paused' }
  | { status: 'troubled' | 'unclear'; code: string; words: string };

/** What a `RecoverConnection` workflow starts with. */
export interface RecoverConnectionInput extends TenantInput {
  policy: RecoveryPolicy;
  /** How an earlier run left it, whose history became too long. */
  earlier?: {
    code: string;
    /** Nobody was told of it yet. */
    isUntold?: boolean;
    probes: number;
    /** Who asked for what is parked to start again. */
    asked?: RetryRequester;
  };
}

/** What a `SendEvent` workflow starts with. */
export interface SendEventInput {
  /** The same in every attempt, so that the receiver knows it again. */
  id: string;
  /** JSON, the same bytes in every attempt. */
  body: string;
}

export type SendEventOutcome = 'sent' | 'undeliverable';

export interface FetchRecordingUrlInput {
  tenantId: string;
  /** DCI's id of the conversation. */
  conversationId: string;
}

/** What SuperOffice tells of a customer that is to be connected. */
export type LookedUpTenant =
  | { status: 'running'; endpoint: string }
  | { status: 'unclear'; notice: ConnectNotice }
  | { status: 'refused'; code: RefusalCode };

/** The activities, as workflows see them. */
export interface Activities extends DeliveryActivities, ConnectionActivities, OperationalActivities {}

/** The activities of a change of a connection, or of a whole tenant. */
interface ConnectionActivities {
  lookUpTenant(input: { domainPrefix: string; customerInstance: string }): Promise<LookedUpTenant>;
  storeConnection(input: ConnectInput & { endpoint: string | null }): Promise<void>;
  removeConnection(input: TenantInput): Promise<void>;
  /** Undefined when the tenant is not connected. */
  testConnection(input: TenantInput): Promise<ConnectionTestReport | undefined>;
  /** Whether the tenant's deliveries may go out. */
  clearAttention(input: TenantInput): Promise<{ enabled: boolean }>;
  /** Has everything that is parked start again, a few first. */
  retryParked(input: TenantInput): Promise<void>;
  cancelDeliveries(input: TenantInput): Promise<{ cancelled: number }>;
  deleteWorkflows(input: TenantInput): Promise<{ deleted: number }>;
  eraseRows(input: TenantInput): Promise<{ erased: number }>;
}

/** The activities of a delivery. */
interface DeliveryActivities {
  loadConnection(input: LoadConnectionInput): Promise<LoadedConnection>;
  buildPayload(input: BuildPayloadInput): Promise<UnrenderedPayload>;
  pushSummary(input: PushSummaryInput): Promise<PushSummaryResult>;
  /** Gives up the place of a delivery in its tenant's line. */
  leaveLine(input: TenantInput & { deliveryId: string }): Promise<void>;
  /** Whether a parked delivery's trouble may be over: its connection began a new epoch, or is gone. */
  recheckParked(input: TenantInput & { epoch: number }): Promise<'wait' | 'retry' | 'disconnected'>;
  /** The link to a recording; null where there is none. */
  fetchRecordingUrl(input: FetchRecordingUrlInput): Promise<string | null>;
  /** Tells of something that happened; the same occurrence again is told once. */
  raiseEvent(event: OperationalEvent): Promise<void>;
}

/** The activities of a tenant's recovery, and of events on their way. */
interface OperationalActivities {
  /** Asks SuperOffice whether a tenant's trouble is over, and notes it if so. */
  probeConnection(input: ProbeConnectionInput): Promise<ProbeResult>;
  /** Starts parked deliveries again: how many. */
  retryParkedBatch(input: RetryParkedInput): Promise<number>;
  postEvent(input: SendEventInput): Promise<SendEventOutcome>;
}
