import type { Client } from '@temporalio/client';
import { createLazyClient, localTarget } from '../../src/temporal/connection.js';
import { Arrivals } from '../arrivals.js';
import { type Child, startChild } from '../child.js';
import { deliveryKey } from '../delivery-key.js';
import type { StartRequest } from '../floor/worker.js';
import { historyFigures } from '../history-figures.js';
import type { Place } from '../place.js';
import type { Item, Subject } from '../subject.js';
import type { Job } from './superoffice-pusher.js';

// Temporal by itself, in three steps. None of them encrypts, knows tenants, or keeps anything of its own; all have the
// connection and the slots that the service has.

/** A workflow with one regular activity that does nothing, and the summary as its input. */
export async function startFloor(place: Place): Promise<Subject> {
  const arrivals = new Arrivals();
  const { client, taskQueue, common } = await open(place, 'floor', arrivals);
  return {
    ...common,
    name: 'floor',
    description: 'Temporal alone: one regular activity that does nothing',
    async submit({ index, summary }) {
      const key = `floor-${index}`;
      const args = [{ key, text: summary.summary }];
      await client.workflow.start('Floor', { workflowId: key, taskQueue, args });
      return key;
    },
    arrival: (key) => arrivals.wait(key),
  };
}

/** The same with a call of SuperOffice as its activity. */
export async function startFloorWithCall(place: Place): Promise<Subject> {
  const { client, taskQueue, common } = await open(place, 'floor-with-call');
  return {
    ...common,
    name: 'floor, with the call',
    description: 'Temporal and a call of SuperOffice as its one regular activity, and nothing else',
    async submit(item) {
      const job = jobOf('floor-call', item);
      const { deliveryId: workflowId } = job;
      await client.workflow.start('FloorWithCall', { workflowId, taskQueue, args: [job] });
      return workflowId;
    },
    arrival: (key) => place.filed.wait(key),
  };
}

/** That call within the first workflow task, which comes with the answer to the start. */
export async function startFloorWithCallAtOnce(place: Place): Promise<Subject> {
  const { worker, common } = await open(place, 'floor-at-once');
  return {
    ...common,
    name: 'floor, with the call at once',
    description: 'the same as a local activity, begun eagerly by the process that starts it',
    async submit(item) {
      const job = jobOf('floor-at-once', item);
      const request: StartRequest = { key: job.deliveryId, job };
      await worker.ask(request);
      return job.deliveryId;
    },
    arrival: (key) => place.filed.wait(key),
  };
}

interface Opened {
  client: Client;
  taskQueue: string;
  worker: Child;
  common: Pick<Subject, 'processes' | 'uses' | 'historyOf' | 'stop'>;
}

async function open(place: Place, name: string, arrivals?: Arrivals): Promise<Opened> {
  const { temporal, sandbox, caFile } = place;
  const taskQueue = `bench-${name}`;
  const env = {
    BENCH_TEMPORAL_ADDRESS: temporal.address,
    BENCH_TASK_QUEUE: taskQueue,
    BENCH_DOMAIN: sandbox.domain,
    BENCH_CA_FILE: caFile,
  };
  const worker = await startChild('floor/worker.ts', env, arrivals);
  const client = createLazyClient(localTarget(temporal.address), {});
  return {
    client,
    taskQueue,
    worker,
    common: {
      processes: { worker: worker.pid },
      uses: [...temporal.processes, 'sandbox and load'],
      historyOf: (key) => historyFigures(client, key),
      async stop() {
        await worker.stop();
        await client.connection.close();
      },
    },
  };
}

function jobOf(prefix: string, { index, tenant, summary }: Item): Job {
  return { deliveryId: deliveryKey(prefix, index), tenant, summary };
}
