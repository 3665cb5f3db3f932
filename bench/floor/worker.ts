import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { clock } from '../arrivals.js';
import { createPusher, type Job } from '../subjects/superoffice-pusher.js';

export interface FloorActivities {
  noop(key: string): Promise<void>;
  push(job: Job): Promise<void>;
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
    push: createPusher(),
  } satisfies FloorActivities,
});
const client = new Client({ connection });
// Over the worker's own connection, so that the answer to the start brings the first workflow task along.
process.on('message', (job: Job) => {
  const { deliveryId: workflowId } = job;
  void client.workflow
    .start('FloorWithCallAtOnce', { workflowId, taskQueue, args: [job], requestEagerStart: true })
    .then(() => process.send?.({ accepted: workflowId }));
});
process.on('SIGTERM', () => worker.shutdown());
process.send?.('ready');
await worker.run();
await connection.close();
process.disconnect();
