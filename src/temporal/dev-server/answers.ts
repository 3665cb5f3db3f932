import { createConnection } from 'node:net';
import { Connection } from '@temporalio/client';

const PROBE_TIMEOUT_MS = 2_000;

/** Whether a Temporal server answers at `address` within 2 s and has the namespace. */
export async function answers(address: string, namespace: string): Promise<boolean> {
  // A gRPC channel that is refused waits a second before it tries again; a plain connection tells at once.
  if (!(await accepts(address))) return false;
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: PROBE_TIMEOUT_MS });
    const { workflowService } = connection;
    await connection.withDeadline(Date.now() + PROBE_TIMEOUT_MS, () =>
      workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection?.close();
  }
}

function accepts(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${address}`);
  return new Promise((resolve) => {
    const socket = createConnection({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) });
    const settle = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.setTimeout(PROBE_TIMEOUT_MS, () => settle(false));
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}
