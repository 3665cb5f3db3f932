import type { SuperOfficeTenant } from '../customers.js';
import type { Place } from '../place.js';
import { hasRedis } from '../redis.js';
import type { Subject } from '../subject.js';
import { startBullmq } from './bullmq.js';
import { startFloor, startFloorWithCall, startFloorWithCallAtOnce } from './floor.js';
import { startPgBoss } from './pg-boss.js';
import { startServiceSubject } from './service.js';

/** What subjects run on. */
interface Ground {
  place: Place;
  tenants: readonly SuperOfficeTenant[];
  /** Takes each subject as soon as it runs, so that it is ended where a later one can't be started. */
  add: (subject: Subject) => void;
}

const starts: Record<string, (ground: Ground) => Promise<void>> = {
  async floor({ place, add }) {
    add(await startFloor(place));
    add(await startFloorWithCall(place));
    add(await startFloorWithCallAtOnce(place));
  },
  async regular({ place, tenants, add }) {
    const { http, withoutHttp } = await startServiceSubject(place, tenants, {
      name: 'regular path',
      description: 'this service, API and worker apart, each attempt a regular activity',
      roles: 'apart',
      settings: { FIRST_ATTEMPT_AT_ONCE: 'off' },
    });
    add(http);
    add(withoutHttp);
  },
  async shorter({ place, tenants, add }) {
    const { http } = await startServiceSubject(place, tenants, {
      name: 'shorter path',
      description: 'this service as it is by default, one process',
      roles: 'one',
    });
    add(http);
  },
  async 'shorter-apart'({ place, tenants, add }) {
    const { http } = await startServiceSubject(place, tenants, {
      name: 'shorter path, processes apart',
      description: 'the same with API and worker apart, as the chart and Compose run it',
      roles: 'apart',
    });
    add(http);
  },
  async bullmq({ place, add }) {
    if (hasRedis()) add(await startBullmq(place));
  },
  async 'pg-boss'({ place, add }) {
    add(await startPgBoss(place));
  },
};

/** By which subjects are chosen, in the order in which they start. */
export const subjectNames = Object.keys(starts);

/** @param only names of those that are wanted; absent: all */
export async function startSubjects(
  ground: Ground,
  only: readonly string[] | undefined,
  report: (line: string) => void,
): Promise<void> {
  for (const [name, start] of Object.entries(starts)) {
    if (only && !only.includes(name)) continue;
    report(`Starting ${name} …`);
    await start(ground);
  }
}
