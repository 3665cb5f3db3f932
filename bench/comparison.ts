import { residentBytes } from '../stack/resident-memory.js';
import { addCustomers, type SuperOfficeTenant } from './customers.js';
import { createItems } from './items.js';
import { carry } from './load.js';
import { measureRound, medianRound, type Round, type RoundSize } from './measure.js';
import { type Engine, openPlace, type Place } from './place.js';
import { hasRedis } from './redis.js';
import type { Item, Subject } from './subject.js';
import { startBullmq } from './subjects/bullmq.js';
import { startFloors } from './subjects/floor.js';
import { startPgBoss } from './subjects/pg-boss.js';
import { startServiceSubject } from './subjects/service.js';

const TENANTS = 100;
const FIRST_CUSTOMER = 40_000;
const WARM_UP = 40;

export interface ComparisonOptions {
  engine: Engine;
  folder: string;
  rounds: number;
  size: RoundSize;
  /** A JSONL file. */
  meetings: string;
  /** Names of the subjects that are measured; absent: all. */
  only?: readonly string[] | undefined;
  report: (line: string) => void;
}

/** What was measured of one subject. */
export interface SubjectResult {
  name: string;
  description: string;
  /** Medians over all rounds. */
  figures: Round;
  rounds: Round[];
  history?: { events: number; bytes: number; actions: number };
  /** Resident memory of each of its own processes after all rounds, in bytes. */
  memory: Record<string, number>;
}

export interface ComparisonResult {
  engine: Engine;
  temporal: string;
  postgres: string;
  subjects: SubjectResult[];
}

/** All subjects, one after the other in each round, so that a machine that slows down slows all of them down. */
export async function runComparison(options: ComparisonOptions): Promise<ComparisonResult> {
  const { engine, folder, rounds, size, report } = options;
  const place = await openPlace(engine, folder, report);
  const subjects: Subject[] = [];
  try {
    const tenants = addCustomers(place.sandbox, TENANTS, FIRST_CUSTOMER);
    subjects.push(...(await startSubjects(place, tenants, options.only, report)));
    const items = createItems(options.meetings);
    const nextItems = (count: number) => items(tenants, count);
    report('Warming up …');
    for (const subject of subjects) await carry(subject, nextItems(WARM_UP), size.inFlight);
    const measured = new Map<Subject, Round[]>(subjects.map((subject) => [subject, []]));
    for (let round = 1; round <= rounds; round += 1) {
      for (const subject of subjects) {
        const figures = await measureRound(place, subject, nextItems, size);
        measured.get(subject)?.push(figures);
        report(`Round ${round}/${rounds}, ${subject.name}: ${figures.perSecond.toFixed(1)}/s`);
      }
    }
    const results: SubjectResult[] = [];
    for (const subject of subjects)
      results.push(await resultOf(subject, measured.get(subject) ?? [], nextItems));
    return { engine, temporal: place.temporal.version, postgres: place.databases.version, subjects: results };
  } finally {
    for (const subject of subjects.reverse()) await subject.stop();
    await place.stop();
  }
}

async function startSubjects(
  place: Place,
  tenants: readonly SuperOfficeTenant[],
  only: readonly string[] | undefined,
  report: (line: string) => void,
): Promise<Subject[]> {
  const starts: Record<string, () => Promise<Subject[]>> = {
    floor: () => startFloors(place),
    regular: async () => {
      const { http, withoutHttp } = await startServiceSubject(place, tenants, {
        name: 'regular path',
        description: 'this service, API and worker apart, each attempt a regular activity',
        roles: 'apart',
        settings: { FIRST_ATTEMPT_AT_ONCE: 'off' },
      });
      return [http, withoutHttp];
    },
    shorter: async () => {
      const { http } = await startServiceSubject(place, tenants, {
        name: 'shorter path',
        description: 'this service as it is by default, one process',
        roles: 'one',
      });
      return [http];
    },
    bullmq: async () => (hasRedis() ? [await startBullmq(place)] : []),
    'pg-boss': async () => [await startPgBoss(place)],
  };
  const subjects: Subject[] = [];
  for (const [name, start] of Object.entries(starts)) {
    if (only && !only.includes(name)) continue;
    report(`Starting ${name} …`);
    subjects.push(...(await start()));
  }
  return subjects;
}

async function resultOf(
  subject: Subject,
  rounds: Round[],
  nextItems: (count: number) => Item[],
): Promise<SubjectResult> {
  const { name, description, processes } = subject;
  const [sample] = (await carry(subject, nextItems(1), 1)).samples;
  return {
    name,
    description,
    figures: medianRound(rounds),
    rounds,
    ...(sample && subject.historyOf && { history: await subject.historyOf(sample.key) }),
    memory: Object.fromEntries(
      Object.entries(processes).map(([process, pid]) => [process, residentBytes(pid)]),
    ),
  };
}
