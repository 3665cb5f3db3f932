import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { inProject } from '../scripts/lib/project.mjs';
import { type ComparisonResult, runComparison } from './comparison.js';
import { machineOf } from './machine.js';
import { type Engine, engines, stopPlaces } from './place.js';
import { provenanceOf } from './provenance.js';
import { hasRedis } from './redis.js';
import { pictureOf } from './report/picture.js';
import { tableOf } from './report/table.js';
import { verdictLine } from './report/verdict.js';
import { verdictsOf } from './report/verdicts.js';
import { partNames, runPart, type ScaleResult } from './scale/run.js';
import { subjectNames } from './subjects/start.js';

const usage = `Usage: npm run bench -- [--server dev|server|both] [--rounds N] [--deliveries N] [--in-flight N] [--meetings FILE.jsonl]
       npm run bench -- --scale PARTS [--tenants N] [--pending N] [--burst N] [the same options]

Carries the same summaries by Temporal alone, by this service and by what one would use in its place, side by side in
interleaved rounds, to a stand-in for SuperOffice that answers after 20 ms. With --scale, shows instead how this service
behaves when there is more of something.

  --server      Temporal's dev server, the server of production (1.32.1 on PostgreSQL 15), or one after the other (both)
  --rounds      rounds; the medians are reported (default: 5; with --scale 3)
  --deliveries  deliveries of a round and subject, beside those that are made one at a time (default: 200)
  --in-flight   deliveries at once (default: 40)
  --meetings    the meetings, one JSON object a line (default: sandbox/sample-meetings.jsonl)
  --only        subjects, separated by commas: ${subjectNames.join(', ')} (default: all)
  --json FILE   where the figures go (default: .data/bench/results.json; with --scale scale.json there)

  --scale       parts, separated by commas, or all:
                  workers    1, 2 and 4 worker processes
                  tenants    1, 100 and 1,000 tenants
                  backlog    what piles up while SuperOffice is away: memory, and the time until all of it is there
                  neighbour  a tenant with much to do, and how long the others' summaries take meanwhile
  --tenants     the most tenants, in the part tenants (default: 1000)
  --pending     deliveries that pile up, in the part backlog (default: 10000)
  --burst       deliveries of one tenant, in the part neighbour (default: 5000)`;

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: 'both' },
    rounds: { type: 'string' },
    deliveries: { type: 'string', default: '200' },
    'in-flight': { type: 'string', default: '40' },
    meetings: { type: 'string', default: inProject('sandbox', 'sample-meetings.jsonl') },
    only: { type: 'string' },
    json: { type: 'string' },
    scale: { type: 'string' },
    tenants: { type: 'string', default: '1000' },
    pending: { type: 'string', default: '10000' },
    burst: { type: 'string', default: '5000' },
    help: { type: 'boolean', default: false },
  },
});
const folder = inProject('.data', 'bench');
/** Read at the start: the files may change before the run has ended. */
const origin = { ...provenanceOf(), machine: machineOf() };

// Each process that is started is ended with this one, by a listener of its own.
process.setMaxListeners(0);
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => void stopPlaces().finally(() => process.exit(1)));
}

if (values.help) console.log(usage);
else if (values.scale === undefined) await compare();
else await scale(values.scale === 'all' ? partNames : values.scale.split(','));

async function compare(): Promise<void> {
  const only = values.only?.split(',');
  refuseUnknown('subject', only ?? [], subjectNames);
  if (!hasRedis())
    console.log(
      'There is no redis-server here, so BullMQ is left out (Debian: apt-get install redis-server).',
    );
  const size = { many: Number(values.deliveries), inFlight: Number(values['in-flight']), alone: 15 };
  const file = values.json ?? `${folder}/results.json`;
  const results: ComparisonResult[] = [];
  for (const engine of chosenEngines()) {
    const result = await runComparison({
      engine,
      folder: `${folder}/${engine}`,
      rounds: Number(values.rounds ?? 5),
      size,
      meetings: values.meetings,
      only,
      report: console.log,
    });
    results.push(result);
    console.log(`\n${tableOf(result, size.inFlight)}\n`);
    for (const verdict of verdictsOf(result)) console.log(verdictLine(verdict));
    console.log();
    await writeResults(file, { size, results });
    await writeFile(file.replace(/(\.json)?$/, '.svg'), pictureOf(results));
  }
  console.log(`All figures: ${file}, and a picture beside it`);
}

async function scale(parts: readonly string[]): Promise<void> {
  refuseUnknown('part', parts, partNames);
  const size = {
    rounds: Number(values.rounds ?? 3),
    deliveries: Number(values.deliveries),
    inFlight: Number(values['in-flight']),
    tenants: Number(values.tenants),
    pending: Number(values.pending),
    burst: Number(values.burst),
  };
  const file = values.json ?? `${folder}/scale.json`;
  const results: ScaleResult[] = [];
  for (const engine of chosenEngines()) {
    for (const part of parts) {
      const result = await runPart(part, {
        engine,
        folder: `${folder}/scale-${engine}`,
        size,
        meetings: values.meetings,
        report: console.log,
      });
      results.push(result);
      const { title, text, verdicts, temporal, postgres, seconds } = result;
      console.log(
        `\n### ${title}\n\nTemporal ${temporal}, PostgreSQL ${postgres}; measured in ${seconds} s.\n\n${text}\n`,
      );
      for (const verdict of verdicts) console.log(verdictLine(verdict));
      console.log();
      await writeResults(file, { size, results });
    }
  }
  console.log(`All figures: ${file}`);
}

function chosenEngines(): readonly Engine[] {
  const chosen = values.server === 'both' ? engines : [values.server as Engine];
  if (!chosen.every((engine) => engines.includes(engine))) throw new Error(usage);
  return chosen;
}

function refuseUnknown(kind: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no ${kind} "${unknown.join(', ')}".\n\n${usage}`);
}

async function writeResults(file: string, results: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...origin, ...results }, null, 2)}\n`);
}
