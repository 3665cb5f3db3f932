import { Client, Connection } from '@temporalio/client';
import { Arrivals } from '../arrivals.js';
import { startChild } from '../child.js';
import { historyFigures } from '../history-figures.js';
import type { Place } from '../place.js';
import type { Subject } from '../subject.js';

const TASK_QUEUE = 'bench-floor';

/** Temporal by itself: a workflow with one regular activity that does nothing, and the summary as its input. */
export async function startFloor({ temporal }: Place): Promise<Subject> {
  const arrivals = new Arrivals();
  const worker = await startChild(
    'floor/worker.ts',
    { BENCH_TEMPORAL_ADDRESS: temporal.address, BENCH_TASK_QUEUE: TASK_QUEUE },
    arrivals,
  );
  const connection = await Connection.connect({ address: temporal.address });
  const client = new Client({ connection });
  return {
    name: 'floor',
    description: 'Temporal alone: one regular activity that does nothing',
    async submit({ index, summary }) {
      const key = `floor-${index}`;
      await client.workflow.start('Floor', {
        workflowId: key,
        taskQueue: TASK_QUEUE,
        args: [{ key, text: summary.summary }],
      });
      return key;
    },
    arrival: (key) => arrivals.wait(key),
    historyOf: (key) => historyFigures(client, key),
    processes: { worker: worker.pid },
    async stop() {
      await worker.stop();
      await connection.close();
    },
  };
}
