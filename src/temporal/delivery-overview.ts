import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { requiredTsToDate } from '@temporalio/common/lib/time.js';
import type { temporal } from '@temporalio/proto';
import { permanentTroubles } from '../domain/diagnosis.js';
import { tenantIdAttribute, troubleAttribute } from '../workflows/attributes.js';
import { queryOfState } from './delivery-state.js';
import { keywordOf } from './keyword-attribute.js';
import { deliveryIdOfWorkflow, deliveryWorkflowId } from './names.js';
import { oldestOf } from './oldest.js';
import { pendingPushOf } from './pending-push.js';
import { callInTime } from './unavailable.js';

/** A delivery that goes well takes seconds: one that is under way for longer met something, or waits its turn. */
const DEFAULT_SLOW_AFTER_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So many are shown of each list. */
const LIST_LENGTH = 20;
/** Parked deliveries that are read to find out whose they are. */
const SAMPLE = 1_000;

/** One of the deliveries that have waited longest. */
export interface WaitingDelivery {
  tenantId: string;
  deliveryId: string;
  acceptedAt: Date;
}

export interface ParkedDelivery extends WaitingDelivery {
  /** Why it is parked: a code. */
  trouble: string;
}

export interface SlowDelivery extends WaitingDelivery {
  /** Calls to SuperOffice so far. */
  attempts: number;
  /** Why the last one failed: a code; absent while the first is under way, or waits for its turn. */
  lastFailure?: string;
  /** When the next call is due; absent while one is under way. */
  nextAttemptAt?: Date;
}

/** The deliveries of all tenants, in figures, and the few of them that have waited longest. */
export interface DeliveryOverview {
  underWay: number;
  /** Under way for more than a minute: retried, or in line behind others of their tenant. */
  slow: number;
  parked: number;
  acceptedLastHour: number;
  deliveredLastHour: number;
  deliveredLastDay: number;
  /** The most frequent trouble first. */
  parkedByTrouble: { code: string; parked: number }[];
  oldestParked: ParkedDelivery[];
  oldestSlow: SlowDelivery[];
  /**
   * Of the newest thousand parked deliveries, how many each tenant has: the tenant with most of them first. Complete
   * where no more are parked.
   */
  parkedByTenant: { tenantId: string; parked: number; trouble: string }[];
}

/**
 * Counts and short lists from Temporal's visibility: about the same effort for ten deliveries and for a million.
 *
 * @param slowAfterMs a delivery that is under way for longer is slow
 * @throws UnavailableError while Temporal is away
 */
export async function deliveryOverviewOf(
  client: Client,
  taskQueue: string,
  slowAfterMs = DEFAULT_SLOW_AFTER_MS,
): Promise<DeliveryOverview> {
  const deliveries = `TaskQueue = ${JSON.stringify(taskQueue)} AND WorkflowType = "DeliverSummary"`;
  const delivered = `${deliveries} AND ${queryOfState('delivered')}`;
  const underWay = `${deliveries} AND ${queryOfState('delivering')}`;
  const slow = `${underWay} AND StartTime < "${ago(slowAfterMs)}"`;
  const parked = `${deliveries} AND ${queryOfState('parked')}`;
  const count = async (query: string) => (await callInTime(client, () => client.workflow.count(query))).count;

  const [underWayCount, slowCount, parkedCount, acceptedLastHour, deliveredLastHour, deliveredLastDay] =
    await Promise.all([
      count(underWay),
      count(slow),
      count(parked),
      count(`${deliveries} AND StartTime >= "${ago(HOUR_MS)}"`),
      count(`${delivered} AND CloseTime >= "${ago(HOUR_MS)}"`),
      count(`${delivered} AND CloseTime >= "${ago(DAY_MS)}"`),
    ]);
  const [oldestSlow, oldestParked, parkedByTrouble, parkedByTenant] = await Promise.all([
    callInTime(client, () => oldestOf(client, slow, slowCount, LIST_LENGTH)),
    callInTime(client, () => oldestOf(client, parked, parkedCount, LIST_LENGTH)),
    parkedCount === 0 ? [] : countByTrouble((code) => count(`${parked} AND Trouble = "${code}"`)),
    parkedCount === 0 ? [] : callInTime(client, () => sampleByTenant(client, parked)),
  ]);
  return {
    underWay: underWayCount,
    slow: slowCount,
    parked: parkedCount,
    acceptedLastHour,
    deliveredLastHour,
    deliveredLastDay,
    parkedByTrouble,
    oldestParked: oldestParked.map((info) => ({ ...waitingOf(info), trouble: troubleOf(info) })),
    oldestSlow: await Promise.all(oldestSlow.map((info) => withProgress(client, waitingOf(info)))),
    parkedByTenant,
  };
}

type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo;

/** Temporal counts by groups of its own attributes only, so each trouble is asked for. */
async function countByTrouble(
  count: (code: string) => Promise<number>,
): Promise<DeliveryOverview['parkedByTrouble']> {
  const codes = Object.keys(permanentTroubles);
  const counts = await Promise.all(codes.map(async (code) => ({ code, parked: await count(code) })));
  return counts.filter(({ parked }) => parked > 0).sort((one, other) => other.parked - one.parked);
}

async function sampleByTenant(client: Client, query: string): Promise<DeliveryOverview['parkedByTenant']> {
  const { executions } = await client.workflowService.listWorkflowExecutions({
    namespace: client.options.namespace,
    query,
    pageSize: SAMPLE,
  });
  const byTenant = new Map<string, { tenantId: string; parked: number; trouble: string }>();
  for (const info of executions) {
    const tenantId = tenantOf(info);
    const known = byTenant.get(tenantId);
    if (known) known.parked += 1;
    else byTenant.set(tenantId, { tenantId, parked: 1, trouble: troubleOf(info) });
  }
  return [...byTenant.values()].sort((one, other) => other.parked - one.parked).slice(0, LIST_LENGTH);
}

/** Reads from the workflow itself what visibility does not know. */
async function withProgress(client: Client, delivery: WaitingDelivery): Promise<SlowDelivery> {
  const workflowId = deliveryWorkflowId(delivery.tenantId, delivery.deliveryId);
  try {
    const { raw } = await callInTime(client, () => client.workflow.getHandle(workflowId).describe());
    const push = await pendingPushOf(raw.pendingActivities ?? [], client.options.loadedDataConverter);
    const { calls = 0, failureCode, nextAttemptAt } = push ?? {};
    return {
      ...delivery,
      attempts: calls,
      ...(failureCode !== undefined && { lastFailure: failureCode }),
      ...(nextAttemptAt && { nextAttemptAt }),
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { ...delivery, attempts: 0 };
    throw error;
  }
}

function waitingOf(info: Info): WaitingDelivery {
  return {
    tenantId: tenantOf(info),
    deliveryId: deliveryIdOfWorkflow(info.execution?.workflowId ?? ''),
    acceptedAt: requiredTsToDate(info.startTime, 'startTime'),
  };
}

function tenantOf(info: Info): string {
  return keywordOf(info, tenantIdAttribute) ?? '';
}

function troubleOf(info: Info): string {
  return keywordOf(info, troubleAttribute) ?? '';
}

function ago(milliseconds: number): string {
  return new Date(Date.now() - milliseconds).toISOString();
}
