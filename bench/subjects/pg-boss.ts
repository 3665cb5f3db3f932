import PgBoss from 'pg-boss';
import { deliveryKey } from '../delivery-key.js';
import type { Place } from '../place.js';
import { createServiceDatabase } from '../service-database.js';
import type { Subject } from '../subject.js';
import type { PollRequest } from './pg-boss-worker.js';
import { startQueueWorker } from './queue-worker.js';
import type { Job } from './superoffice-pusher.js';

/** pg-boss on the PostgreSQL that the service uses, too. */
export async function startPgBoss(place: Place): Promise<Subject> {
  const databaseUrl = await createServiceDatabase(place, 'bench-pg-boss');
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false });
  boss.on('error', (error) => console.error(error.message));
  await boss.start();
  await boss.createQueue('summaries');
  const worker = await startQueueWorker(place, 'subjects/pg-boss-worker.ts', {
    BENCH_DATABASE_URL: databaseUrl,
  });
  const ask = (key: PollRequest['key']) => worker.ask({ key } satisfies PollRequest);
  return {
    name: 'pg-boss',
    description:
      'pg-boss on PostgreSQL (every commit synced), 40 workers for one job each (batchSize 1), which look every half second, and at once after a job (notifyWorker)',
    async submit({ index, tenant, summary }) {
      const deliveryId = deliveryKey('pg-boss', index);
      const job: Job = { deliveryId, tenant, summary };
      await boss.send('summaries', job, { retryLimit: 20, retryDelay: 1, retryBackoff: true });
      return deliveryId;
    },
    arrival: (key) => place.filed.wait(key),
    processes: { worker: worker.pid },
    uses: ['PostgreSQL', 'sandbox and load'],
    wake: () => ask('work'),
    rest: () => ask('rest'),
    async stop() {
      await worker.stop();
      await boss.stop({ graceful: false });
    },
  };
}
