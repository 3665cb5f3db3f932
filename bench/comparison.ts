import { residentBytes } from '../stack/resident-memory.js';
import { atWork } from './at-work.js';
import { addCustomers } from './customers.js';
import { createItems } from './items.js';
import { carry } from './load.js';
import { measureRound, medianRound, type Round, type RoundSize } from './measure.js';
import { type Engine, openPlace } from './place.js';
import { percent } from './report/markdown.js';
import { countStatements } from './statements.js';
import type { Item, Subject } from './subject.js';
import { startSubjects } from './subjects/start.js';

const TENANTS = 100;
const FIRST_CUSTOMER = 40_000;

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
  /** Medians over all rounds; of the cores, means. */
  figures: Round;
  rounds: Round[];
  history?: { events: number; bytes: number; actions: number };
  /** Statements to its own database for one delivery; absent where they are not counted. */
  statements?: number;
  /** Resident memory of each of its own processes after all rounds, in bytes. */
  memory: Record<string, number>;
}

export interface ComparisonResult {
  engine: Engine;
  temporal: string;
  postgres: string;
  subjects: SubjectResult[];
}

/**
 * All subjects, one after the other in each round, so that a machine that slows down slows all of them down. Each round
 * begins with another one.
 */
export async function runComparison(options: ComparisonOptions): Promise<ComparisonResult> {
  const { engine, folder, rounds, size, report } = options;
  const place = await openPlace(engine, folder, report);
  const subjects: Subject[] = [];
  try {
    const tenants = addCustomers(place.sandbox, TENANTS, FIRST_CUSTOMER);
    const add = (subject: Subject) => void subjects.push(subject);
    await startSubjects({ place, tenants, add }, options.only, report);
    const items = createItems(options.meetings);
    const nextItems = (count: number) => items(tenants, count);
    report('Warming up, with a delivery of each tenant …');
    for (const subject of subjects)
      await atWork(subject, () => carry(subject, nextItems(TENANTS), size.inFlight));
    const measured = new Map<Subject, Round[]>(subjects.map((subject) => [subject, []]));
    for (let round = 1; round <= rounds; round += 1) {
      for (const subject of startingWith(round - 1, subjects)) {
        const figures = await atWork(subject, () => measureRound(place, subject, nextItems, size));
        measured.get(subject)?.push(figures);
        const { perSecond, load } = figures;
        report(
          `Round ${round}/${rounds}, ${subject.name}: ${perSecond.toFixed(1)}/s, ` +
            `${percent(load.busy)} of the cores busy, ${percent(load.others)} for others`,
        );
      }
    }
    report('Counting statements …');
    const statements = await countStatements(place, subjects, nextItems, size.inFlight);
    const results: SubjectResult[] = [];
    for (const subject of subjects)
      results.push(await resultOf(subject, measured.get(subject) ?? [], statements.get(subject), nextItems));
    return { engine, temporal: place.temporal.version, postgres: place.databases.version, subjects: results };
  } finally {
    for (const subject of subjects.reverse()) await subject.stop();
    await place.stop();
  }
}

/** The same in a circle that begins with another one. */
function startingWith(index: number, subjects: readonly Subject[]): Subject[] {
  const start = index % subjects.length;
  return [...subjects.slice(start), ...subjects.slice(0, start)];
}

async function resultOf(
  subject: Subject,
  rounds: Round[],
  statements: number | undefined,
  nextItems: (count: number) => Item[],
): Promise<SubjectResult> {
  const { name, description, processes } = subject;
  const [sample] = (await atWork(subject, () => carry(subject, nextItems(1), 1))).samples;
  return {
    name,
    description,
    figures: medianRound(rounds),
    rounds,
    ...(sample && subject.historyOf && { history: await subject.historyOf(sample.key) }),
    ...(statements !== undefined && { statements }),
    memory: Object.fromEntries(
      Object.entries(processes).map(([process, pid]) => [process, residentBytes(pid)]),
    ),
  };
}
