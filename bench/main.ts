import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { inProject } from '../scripts/lib/project.mjs';
import { runComparison } from './comparison.js';
import { type Engine, engines } from './place.js';
import { hasRedis } from './redis.js';
import { pictureOf } from './report/picture.js';
import { tableOf } from './report/table.js';
import { verdictsOf } from './report/verdicts.js';
import { machineOf } from './machine.js';

const usage = `Usage: npm run bench -- [--server dev|server|both] [--rounds N] [--deliveries N] [--in-flight N] [--meetings FILE.jsonl]

Carries the same summaries by Temporal alone, by this service and by what one would use in its place, side by side in
interleaved rounds, to a stand-in for SuperOffice that answers after 20 ms.

  --server      Temporal's dev server, the server of production (1.32.1 on PostgreSQL 15), or one after the other (both)
  --rounds      rounds; the medians are reported (default: 5)
  --deliveries  deliveries of a round and subject, beside those that are made one at a time (default: 200)
  --in-flight   deliveries at once (default: 40)
  --meetings    the meetings, one JSON object a line (default: sandbox/sample-meetings.jsonl)
  --only        subjects, separated by commas: floor, regular, shorter, bullmq, pg-boss (default: all)
  --json FILE   where the figures go (default: .data/bench/results.json)`;

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: 'both' },
    rounds: { type: 'string', default: '5' },
    deliveries: { type: 'string', default: '200' },
    'in-flight': { type: 'string', default: '40' },
    meetings: { type: 'string', default: inProject('sandbox', 'sample-meetings.jsonl') },
    only: { type: 'string' },
    json: { type: 'string', default: inProject('.data', 'bench', 'results.json') },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else await main();

async function main(): Promise<void> {
  const chosen = values.server === 'both' ? engines : [values.server as Engine];
  if (!chosen.every((engine) => engines.includes(engine))) throw new Error(usage);
  if (!hasRedis())
    console.log(
      'There is no redis-server here, so BullMQ is left out (Debian: apt-get install redis-server).',
    );
  const folder = inProject('.data', 'bench');
  const size = { many: Number(values.deliveries), inFlight: Number(values['in-flight']), alone: 15 };
  const results = [];
  for (const engine of chosen) {
    const result = await runComparison({
      engine,
      folder: `${folder}/${engine}`,
      rounds: Number(values.rounds),
      size,
      meetings: values.meetings,
      only: values.only?.split(','),
      report: (line) => console.log(line),
    });
    results.push(result);
    console.log(`\n${tableOf(result)}\n`);
    for (const { promise, measured, isKept } of verdictsOf(result)) {
      console.log(`${isKept ? 'kept  ' : 'MISSED'}  ${promise}: ${measured}`);
    }
    console.log();
  }
  await mkdir(folder, { recursive: true });
  await writeFile(values.json, `${JSON.stringify({ machine: machineOf(), size, results }, null, 2)}\n`);
  await writeFile(values.json.replace(/(\.json)?$/, '.svg'), pictureOf(results));
  console.log(`All figures: ${values.json}, and a picture beside it`);
}
