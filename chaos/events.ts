import { setTimeout as sleep } from 'node:timers/promises';
import { ClientError } from '@dci-superoffice/client';
import type { Clock } from './clock.js';
import type { PlannedEvent } from './plan.js';
import type { ChaosTenant } from './tenants.js';

/** Done when what it returns is. */
type Step = (tenant: ChaosTenant) => unknown;

interface Course {
  begin: Step;
  /** What is said when it is over. */
  over?: string;
  end?: Step;
}

const courses: Record<PlannedEvent['what'], Course> = {
  'key revoked': {
    begin: ({ superOffice }) => (superOffice.key = `${superOffice.key}-new`),
    over: 'connected again',
    end: connectUntilTaken,
  },
  paused: { begin: ({ api }) => api.pause(), over: 'resumed', end: ({ api }) => api.resume() },
  moved: { begin: ({ superOffice }) => (superOffice.host = 'online7') },
  'under maintenance': {
    begin: ({ superOffice }) => (superOffice.state = 'OfflineMaintenance'),
    over: 'running again',
    end: ({ superOffice }) => (superOffice.state = 'Running'),
  },
};

const CONNECT_PAUSE_MS = 1_000;
/** A change whose answer was lost goes on, and refuses others meanwhile. */
const CONNECT_WITHIN_MS = 15 * 60_000;

/** Does to the tenants what the plan says. */
export async function carryOutEvents(
  events: readonly PlannedEvent[],
  tenants: readonly ChaosTenant[],
  clock: Clock,
  say: (line: string) => void,
): Promise<void> {
  const carryOut = async ({ what, tenant: number, second, untilSecond }: PlannedEvent) => {
    const tenant = tenants[number];
    if (!tenant) throw new Error('The plan names a tenant that there is not.');
    const tell = (news: string) => say(`tenant ${number} ${news}`);
    const { begin, over, end } = courses[what];
    await clock.until(second);
    await begin(tenant);
    tell(what);
    if (untilSecond === undefined || !over || !end) return;
    await clock.until(untilSecond);
    await end(tenant);
    tell(over);
  };
  await Promise.all(events.map(carryOut));
}

/** Refused, or without an answer for a minute: its admin tries again, for as long as an outage may last. */
async function connectUntilTaken(tenant: ChaosTenant): Promise<void> {
  const deadline = Date.now() + CONNECT_WITHIN_MS;
  for (;;) {
    try {
      await tenant.connect();
      return;
    } catch (error) {
      if (!(error instanceof ClientError) || Date.now() > deadline) throw error;
      await sleep(CONNECT_PAUSE_MS);
    }
  }
}
