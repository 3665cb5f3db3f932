import { setTimeout as sleep } from 'node:timers/promises';
import PgBoss from 'pg-boss';
import type { Message, Request } from '../child.js';
import { createPusher, type Job } from './superoffice-pusher.js';

/** Half a second is the shortest interval that pg-boss takes. */
const POLL_MS = 500;
const WORKERS = 40;

/** To begin looking for jobs, or to leave off. */
export interface PollRequest extends Request {
  key: 'work' | 'rest';
}

const push = createPusher();
const boss = new PgBoss({ connectionString: process.env.BENCH_DATABASE_URL ?? '', schedule: false });
const tell = (message: Message) => process.send?.(message);
boss.on('error', (error) => console.error(error.message));
await boss.start();

const requests = {
  async work() {
    for (let count = 0; count < WORKERS; count += 1) {
      await addWorker();
      // So that one of them looks every few milliseconds, rather than all of them every half second.
      await sleep(POLL_MS / WORKERS);
    }
  },
  rest: () => boss.offWork('summaries'),
};

async function addWorker(): Promise<void> {
  const options = { batchSize: 1, pollingIntervalSeconds: POLL_MS / 1_000 };
  const id = await boss.work<Job>('summaries', options, async (jobs) => {
    try {
      for (const { data } of jobs) await push(data);
    } finally {
      // A worker that found something looks again at once, in place of resting out its interval.
      boss.notifyWorker(id);
    }
  });
}

process.on('message', ({ key }: PollRequest) => {
  requests[key]().then(
    () => tell({ done: key }),
    (error: unknown) => tell({ failed: key, why: String(error) }),
  );
});
process.on('SIGTERM', () => void boss.stop({ graceful: false }).then(() => process.exit()));
process.send?.('ready');
