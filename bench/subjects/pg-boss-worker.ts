import PgBoss from 'pg-boss';
import { createPusher, type Job } from './superoffice-pusher.js';

/** Half a second is the shortest interval that pg-boss takes. */
const POLL_SECONDS = 0.5;
const POLLERS = 20;
const BATCH = 10;

const push = createPusher();
const boss = new PgBoss({ connectionString: process.env.BENCH_DATABASE_URL ?? '', schedule: false });
boss.on('error', (error) => console.error(error.message));
await boss.start();
for (let poller = 0; poller < POLLERS; poller += 1) {
  await boss.work<Job>(
    'summaries',
    { batchSize: BATCH, pollingIntervalSeconds: POLL_SECONDS },
    async (jobs) => {
      await Promise.all(jobs.map(({ data }) => push(data)));
    },
  );
}
process.on('SIGTERM', () => void boss.stop({ graceful: false }).then(() => process.exit()));
process.send?.('ready');
