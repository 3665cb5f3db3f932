import { Client, Connection } from '@temporalio/client';
import { Arrivals } from '../arrivals.js';
import { type Child, startChild } from '../child.js';
import { deliveryKey } from '../delivery-key.js';
import { historyFigures } from '../history-figures.js';
import type { Place } from '../place.js';
import type { Item, Subject } from '../subject.js';
import type { Job } from './superoffice-pusher.js';

/**
 * Temporal by itself, in three steps: a workflow with one regular activity that does nothing, and the summary as its
 * input; the same with a call of SuperOffice as its activity; and that call within the first workflow task, which comes with
 * the answer to the start. None of them encrypts, knows tenants, or keeps anything of its own.
 */
export async function startFloors(place: Place): Promise<Subject[]> {
  const { temporal, filed } = place;
  const connection = await Connection.connect({ address: temporal.address });
  const client = new Client({ connection });

  const open = async (name: string): Promise<{ arrivals: Arrivals; worker: Child; taskQueue: string }> => {
    const taskQueue = `bench-${name}`;
    const arrivals = new Arrivals();
    const env = {
      BENCH_TEMPORAL_ADDRESS: temporal.address,
      BENCH_TASK_QUEUE: taskQueue,
      BENCH_DOMAIN: place.sandbox.domain,
      BENCH_CA_FILE: place.caFile,
    };
    return { arrivals, worker: await startChild('floor/worker.ts', env, arrivals), taskQueue };
  };
  const common = ({ worker }: { worker: Child }) => ({
    historyOf: (key: string) => historyFigures(client, key),
    processes: { worker: worker.pid },
    stop: () => worker.stop(),
  });

  const floor = await open('floor');
  const withCall = await open('floor-with-call');
  const atOnce = await open('floor-at-once');
  return [
    {
      ...common(floor),
      name: 'floor',
      description: 'Temporal alone: one regular activity that does nothing',
      async submit({ index, summary }) {
        const key = `floor-${index}`;
        await client.workflow.start('Floor', {
          workflowId: key,
          taskQueue: floor.taskQueue,
          args: [{ key, text: summary.summary }],
        });
        return key;
      },
      arrival: (key) => floor.arrivals.wait(key),
      async stop() {
        await floor.worker.stop();
        await connection.close();
      },
    },
    {
      ...common(withCall),
      name: 'floor, with the call',
      description: 'Temporal and a call of SuperOffice as its one regular activity, and nothing else',
      async submit(item) {
        const job = jobOf('floor-call', item);
        const { deliveryId: workflowId } = job;
        await client.workflow.start('FloorWithCall', {
          workflowId,
          taskQueue: withCall.taskQueue,
          args: [job],
        });
        return workflowId;
      },
      arrival: (key) => filed.wait(key),
    },
    {
      ...common(atOnce),
      name: 'floor, with the call at once',
      description: 'the same as a local activity, begun eagerly by the process that starts it',
      submit: (item) => atOnce.worker.accept(jobOf('floor-at-once', item)),
      arrival: (key) => filed.wait(key),
    },
  ];
}

function jobOf(prefix: string, { index, tenant, summary }: Item): Job {
  return { deliveryId: deliveryKey(prefix, index), tenant, summary };
}
