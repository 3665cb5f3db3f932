import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { loadConfig } from '../../src/config.js';
import { generateSecrets } from '../../src/service/development-secrets.js';
import { workerSlots } from '../../src/service/worker-slots.js';
import { localTarget } from '../../src/temporal/connection.js';
import { clock } from '../arrivals.js';
import type { Message, Request } from '../child.js';
import { createPusher, type Job } from '../subjects/superoffice-pusher.js';

export interface FloorActivities {
  noop(key: string): Promise<void>;
  push(job: Job): Promise<void>;
}

/** A workflow that the worker is to start itself; its key is the workflow's id. */
export interface StartRequest extends Request {
  job: Job;
}

const { BENCH_TEMPORAL_ADDRESS: address = '', BENCH_TASK_QUEUE: taskQueue = '' } = process.env;
const tell = (message: Message) => process.send?.(message);

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  shutdownSignals: [],
});
const connection = await NativeConnection.connect(localTarget(address).connectionOptions);
const worker = await Worker.create({
  connection,
  taskQueue,
  workflowsPath: fileURLToPath(new URL('workflow.ts', import.meta.url)),
  activities: {
    noop: (key: string) => {
      tell({ key, at: clock() });
      return Promise.resolve();
    },
    push: createPusher(),
  } satisfies FloorActivities,
  // As the service's worker has them in this environment.
  ...workerSlots(loadConfig({ ...process.env, ...generateSecrets() }, 'all')),
});
const client = new Client({ connection });
// Over the worker's own connection, so that the answer to the start brings the first workflow task along.
process.on('message', ({ key: workflowId, job }: StartRequest) => {
  client.workflow
    .start('FloorWithCallAtOnce', { workflowId, taskQueue, args: [job], requestEagerStart: true })
    .then(
      () => tell({ done: workflowId }),
      (error: unknown) => tell({ failed: workflowId, why: String(error) }),
    );
});
process.on('SIGTERM', () => worker.shutdown());
process.send?.('ready');
await worker.run();
await connection.close();
process.disconnect();
