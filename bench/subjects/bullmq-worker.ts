import { Worker } from 'bullmq';
import { createPusher, type Job } from './superoffice-pusher.js';

const push = createPusher();
const worker = new Worker<Job>('summaries', (job) => push(job.data), {
  connection: { host: '127.0.0.1', port: Number(process.env.BENCH_REDIS_PORT) },
  concurrency: 100,
});
await worker.waitUntilReady();
process.on('SIGTERM', () => void worker.close().then(() => process.exit()));
process.send?.('ready');
