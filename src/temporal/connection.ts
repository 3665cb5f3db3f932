import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, type WorkflowClientInterceptor } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';

/** Where Temporal is, and in which namespace this service works. */
export interface TemporalTarget {
  connectionOptions: NativeConnectionOptions;
  namespace: string;
}

/** A server that does not answer within this time is away, in milliseconds. */
const CONNECT_TIMEOUT_MS = 3_000;

/** Pause between attempts to connect, in milliseconds. */
const RECONNECT_MS = 1_000;

/** Whether the environment names a server by the standard `TEMPORAL_*` variables. */
export function namesTemporalServer(env: NodeJS.ProcessEnv): boolean {
  return ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'].some((name) => Boolean(env[name]));
}

/** The server that the standard variables name (`@temporalio/envconfig`): self-hosted or Temporal Cloud alike. */
export function temporalTargetOf(env: NodeJS.ProcessEnv): TemporalTarget {
  const { connectionOptions, namespace } = loadClientConnectConfig({
    overrideEnvVars: definedOf(env),
    disableFile: !env.TEMPORAL_PROFILE && !env.TEMPORAL_CONFIG_FILE,
  });
  // gRPC's own compression gains nothing on payloads that are compressed and encrypted already.
  return {
    connectionOptions: {
      ...connectionOptions,
      grpcCompression: { codec: 'none' },
    },
    namespace: namespace ?? 'default',
  };
}

/** A server at an address, without encryption: the dev server on this machine. */
export function localTarget(address: string, namespace = 'default'): TemporalTarget {
  return { connectionOptions: { address, grpcCompression: { codec: 'none' } }, namespace };
}

/** A client that connects when it is first used, so that the API starts and answers while Temporal is away. */
export function createLazyClient(
  target: TemporalTarget,
  dataConverter: DataConverter,
  interceptors: WorkflowClientInterceptor[] = [],
): Client {
  const { grpcCompression: _, ...options } = target.connectionOptions;
  return new Client({
    connection: Connection.lazy({ ...options, connectTimeout: CONNECT_TIMEOUT_MS }),
    namespace: target.namespace,
    dataConverter,
    interceptors: { workflow: interceptors },
  });
}

/**
 * A client over the connection of a worker: what it starts, that worker may begin with the answer. Not for workers of a
 * version: they would begin it before the version is made the current one.
 */
export function createStarter(
  connection: NativeConnection,
  { namespace }: TemporalTarget,
  dataConverter: DataConverter,
  interceptors: WorkflowClientInterceptor[] = [],
): Client {
  return new Client({ connection, namespace, dataConverter, interceptors: { workflow: interceptors } });
}

/** @throws when Temporal does not answer */
export async function pingTemporal(client: Client): Promise<void> {
  await client.withDeadline(Date.now() + CONNECT_TIMEOUT_MS, () => client.workflowService.getSystemInfo({}));
}

/** A connection for a worker; tries until it stands, and tells of every failure. */
export async function connectNative(
  target: TemporalTarget,
  onFailure: (error: unknown) => void,
  signal: AbortSignal,
): Promise<NativeConnection> {
  for (;;) {
    try {
      return await NativeConnection.connect(target.connectionOptions);
    } catch (error) {
      onFailure(error);
      await sleep(RECONNECT_MS, undefined, { signal });
    }
  }
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
