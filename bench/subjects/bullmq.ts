import { Queue } from 'bullmq';
import { deliveryKey } from '../delivery-key.js';
import type { Place } from '../place.js';
import { startRedis } from '../redis.js';
import type { Subject } from '../subject.js';
import { startQueueWorker } from './queue-worker.js';
import type { Job } from './superoffice-pusher.js';

/** BullMQ on Redis, as its manual sets retries up. */
export async function startBullmq(place: Place): Promise<Subject> {
  const redis = await startRedis(`${place.folder}/redis`);
  const connection = { host: '127.0.0.1', port: redis.port };
  const worker = await startQueueWorker(place, 'subjects/bullmq-worker.ts', {
    BENCH_REDIS_PORT: String(redis.port),
  });
  const queue = new Queue<Job>('summaries', {
    connection,
    defaultJobOptions: {
      attempts: 20,
      backoff: { type: 'exponential', delay: 1_000, jitter: 1 },
      removeOnComplete: true,
    },
  });
  await queue.waitUntilReady();
  return {
    name: 'BullMQ',
    description:
      'BullMQ on Redis (append-only file, synced every second: what was accepted in the last second can be lost), 100 jobs at a time',
    async submit({ index, tenant, summary }) {
      const deliveryId = deliveryKey('bullmq', index);
      await queue.add('push', { deliveryId, tenant, summary }, { jobId: deliveryId });
      return deliveryId;
    },
    arrival: (key) => place.filed.wait(key),
    processes: { worker: worker.pid, Redis: redis.pid },
    uses: ['sandbox and load'],
    async stop() {
      await worker.stop();
      await queue.close();
      await redis.stop();
    },
  };
}
