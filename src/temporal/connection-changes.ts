import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowHandle } from '@temporalio/client';
import type {
  ConnectInput,
  ConnectOutcome,
  DeleteTenantOutcome,
  DisconnectOutcome,
} from '../domain/connection-change.js';
import type { ConnectionTestReport } from '../domain/connection-test.js';
import { ConflictError } from '../domain/errors.js';
import { summaryFor, tenantIdAttribute } from '../workflows/attributes.js';
import type * as workflows from '../workflows/index.js';
import type { TestConnectionInput } from '../workflows/test-connection.js';
import { type ConnectionTestState, connectionTestStateOf } from './connection-test-state.js';
import { connectionWorkflowId, testWorkflowId } from './names.js';
import { callInTime, grpcCodeOf, orUnavailable } from './unavailable.js';

/** How long Temporal may take to start a change, in milliseconds. */
const START_TIMEOUT_MS = 5_000;

/** Somebody looks at the screen, or waits for deliveries to end: behind a backlog of these, it would take as long. */
const BEFORE_DELIVERIES = 1;

/** How long the API waits for the end of a change before it answers that it goes on. In milliseconds. */
export interface ChangeWaits {
  changeMs: number;
  /** A script may take 60 s. */
  testMs: number;
}

const DEFAULT_WAITS: ChangeWaits = { changeMs: 20_000, testMs: 90_000 };

/**
 * Changes of tenants and their connections, each a workflow that goes on whatever becomes of the caller. Undefined
 * stands for one that takes longer than a caller waits. Every method throws `UnavailableError` while Temporal is away.
 */
export interface ConnectionChanges {
  /** @throws ConflictError while another change of the same tenant is under way */
  connect(input: ConnectInput): Promise<ConnectOutcome | undefined>;
  /** @throws ConflictError as `connect` */
  disconnect(tenantId: string): Promise<DisconnectOutcome | undefined>;
  /** @throws ConflictError as `connect` */
  deleteTenant(tenantId: string): Promise<DeleteTenantOutcome | undefined>;
  /** Tests a connection, or joins the test that is under way; `report` is absent without a connection. */
  test(tenantId: string): Promise<{ report?: ConnectionTestReport } | undefined>;
  /** Begins a test, unless one is under way; `testState` tells how it goes. */
  startTest(tenantId: string): Promise<void>;
  testState(tenantId: string): Promise<ConnectionTestState>;
}

/** The changes, worked on by the workers of a task queue. */
export function createConnectionChanges(
  client: Client,
  taskQueue: string,
  { attemptMs, heartbeatMs }: Pick<TestConnectionInput, 'attemptMs' | 'heartbeatMs'>,
  { changeMs, testMs }: ChangeWaits = DEFAULT_WAITS,
): ConnectionChanges {
  /** Starts a change, which then goes on whatever becomes of us. */
  async function start<I extends { tenantId: string }, R>(
    change: Change<I, R>,
    input: I,
  ): Promise<WorkflowHandle<(input: I) => Promise<R>>> {
    const { type, workflowId, conflictPolicy = 'FAIL', isListed = true } = change;
    const { tenantId } = input;
    return orUnavailable(() =>
      client.withDeadline(Date.now() + START_TIMEOUT_MS, () =>
        client.workflow.start<(input: I) => Promise<R>>(type, {
          workflowId: workflowId(tenantId),
          taskQueue,
          args: [input],
          workflowIdConflictPolicy: conflictPolicy,
          priority: { priorityKey: BEFORE_DELIVERIES, fairnessKey: tenantId },
          ...(isListed && { typedSearchAttributes: [{ key: tenantIdAttribute, value: tenantId }] }),
          staticSummary: summaryFor(`${type}, tenant ${tenantId}`),
        }),
      ),
    ).catch((error: unknown) => {
      throw error instanceof WorkflowExecutionAlreadyStartedError ? underWay() : error;
    });
  }

  /** Starts a change and waits for its outcome, in an object so that "no result" differs from "not yet". */
  async function run<I extends { tenantId: string }, R>(
    change: Change<I, R>,
    input: I,
  ): Promise<{ outcome: R } | undefined> {
    const handle = await start(change, input);
    try {
      return await client.withDeadline(Date.now() + change.waitMs, async () => ({
        outcome: await handle.result(),
      }));
    } catch (error) {
      // It has started, and goes on; only the waiting has come to its end, or Temporal is away for a while.
      if (grpcCodeOf(error) !== undefined) return undefined;
      throw error;
    }
  }

  const change = { workflowId: connectionWorkflowId, waitMs: changeMs };
  const test: Change<TestConnectionInput, ConnectionTestReport | undefined> = {
    type: 'TestConnection',
    workflowId: testWorkflowId,
    conflictPolicy: 'USE_EXISTING',
    waitMs: testMs,
  };
  return {
    async connect(input) {
      const connect: Change<ConnectInput, ConnectOutcome> = { ...change, type: 'ConnectSuperOffice' };
      return (await run(connect, input))?.outcome;
    },

    async disconnect(tenantId) {
      const disconnect: Change<Tenant, DisconnectOutcome> = { ...change, type: 'DisconnectSuperOffice' };
      return (await run(disconnect, { tenantId }))?.outcome;
    },

    async deleteTenant(tenantId) {
      // Found by the tenant's id, it would delete itself.
      const deletion: Change<Tenant, DeleteTenantOutcome> = {
        ...change,
        type: 'DeleteTenant',
        isListed: false,
      };
      return (await run(deletion, { tenantId }))?.outcome;
    },

    async test(tenantId) {
      const ended = await run(test, { tenantId, attemptMs, heartbeatMs });
      return ended && (ended.outcome ? { report: ended.outcome } : {});
    },

    async startTest(tenantId) {
      await start(test, { tenantId, attemptMs, heartbeatMs });
    },

    testState: (tenantId) => callInTime(client, () => connectionTestStateOf(client, tenantId)),
  };
}

interface Tenant {
  tenantId: string;
}

/** One kind of workflow, from input to outcome. */
interface Change<I, R> {
  type: Extract<keyof typeof workflows, string>;
  workflowId: (tenantId: string) => string;
  conflictPolicy?: 'FAIL' | 'USE_EXISTING';
  /** Whether the workflow carries the tenant's id as a search attribute. */
  isListed?: boolean;
  /** How long its outcome is waited for. In milliseconds. */
  waitMs: number;
  /** Types only. */
  readonly signature?: (input: I) => Promise<R>;
}

function underWay(): ConflictError {
  return new ConflictError(
    'Another change of this connection is under way; ask for its state, and try again when it is over.',
  );
}
