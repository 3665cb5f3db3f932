import { fileURLToPath } from 'node:url';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { clock } from '../arrivals.js';

export interface FloorActivities {
  noop(key: string): Promise<void>;
}

const { BENCH_TEMPORAL_ADDRESS: address = '', BENCH_TASK_QUEUE: taskQueue = '' } = process.env;

Runtime.install({ telemetryOptions: { logging: { filter: 'ERROR', forward: {} } }, shutdownSignals: [] });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  taskQueue,
  workflowsPath: fileURLToPath(new URL('workflow.ts', import.meta.url)),
  activities: {
    noop: (key: string) => {
      process.send?.({ key, at: clock() });
      return Promise.resolve();
    },
  } satisfies FloorActivities,
});
process.on('SIGTERM', () => worker.shutdown());
process.send?.('ready');
await worker.run();
await connection.close();
process.disconnect();
