import { setTimeout as sleep } from 'node:timers/promises';
import { ClientError, ProblemError, type Summary } from '@dci-superoffice/client';
import type { Clock } from './clock.js';
import type { ChaosPlan } from './plan.js';
import type { ChaosTenant } from './tenants.js';

/** What the API answered to the summaries. */
export interface Submissions {
  /** Delivery ids, by the number of the summary. */
  accepted: Map<number, string>;
  /** Answers that no caller should get, by the number of the summary. */
  refused: Map<number, string>;
  /** Accepted before, and the answer was lost. */
  repeated: number;
  /** Answers that said that the tenant is paused; these summaries were handed in again later. */
  skipped: number;
  /** Those that were asked to be cancelled, and had ended before. */
  cancelledTooLate: number;
}

const SUBMITTERS = 16;
const ASK_AGAIN_AFTER_SECONDS = 2;
const IDLE_MS = 20;

interface Due {
  index: number;
  second: number;
}

/** Hands all summaries in, each until it is answered: what is accepted is then known for sure. */
export async function submitAll(
  plan: ChaosPlan,
  tenants: readonly ChaosTenant[],
  summaryOf: (index: number) => Summary,
  clock: Clock,
  submissions: Submissions,
): Promise<void> {
  let next = 0;
  let open = plan.deliveries;
  const postponed: Due[] = [];
  const take = (): Due | undefined => {
    if (postponed[0] && postponed[0].second <= clock.elapsedSeconds()) return postponed.shift();
    if (next >= plan.deliveries) return undefined;
    const index = next;
    next += 1;
    return { index, second: index / plan.ratePerSecond };
  };
  const submit = async (index: number) => {
    const tenant = tenants[plan.owners[index] ?? 0];
    if (!tenant) throw new Error('The plan names a tenant that there is not.');
    const answer = await tenant.api.submit(summaryOf(index));
    if (answer.state === 'skipped') {
      submissions.skipped += 1;
      postponed.push({ index, second: clock.elapsedSeconds() + ASK_AGAIN_AFTER_SECONDS });
      return;
    }
    open -= 1;
    submissions.accepted.set(index, answer.deliveryId);
    if (answer.duplicate) submissions.repeated += 1;
    if (plan.cancelled.has(index)) await cancel(tenant, answer.deliveryId, submissions);
  };
  const work = async () => {
    while (open > 0) {
      const due = take();
      if (due === undefined) {
        await sleep(IDLE_MS);
        continue;
      }
      await clock.until(due.second);
      await submit(due.index).catch((error: unknown) => {
        if (!(error instanceof ClientError)) throw error;
        if (!submissions.accepted.has(due.index)) open -= 1;
        submissions.refused.set(due.index, error.message);
      });
    }
  };
  await Promise.all(Array.from({ length: SUBMITTERS }, work));
}

async function cancel({ api }: ChaosTenant, deliveryId: string, submissions: Submissions): Promise<void> {
  try {
    await api.cancel(deliveryId);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.kind !== 'conflict') throw error;
    submissions.cancelledTooLate += 1;
  }
}

export function noSubmissions(): Submissions {
  return { accepted: new Map(), refused: new Map(), repeated: 0, skipped: 0, cancelledTooLate: 0 };
}
