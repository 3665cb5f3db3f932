import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tableOf, verdictOf } from '../demo/report.js';
import { inProject } from '../scripts/lib/project.mjs';
import { deliverThroughCrash } from './deliver.js';
import { type Stack, startStack } from './start-stack.js';

const usage = `Usage: npm run stack -- [--deliver [--meetings FILE.jsonl]] [--no-sandbox]

Starts what docker-compose.yml starts, without Docker: PostgreSQL, the Temporal server and UI, the API and two workers,
with the same settings and with fresh secrets. Ctrl-C ends all of it; the databases go with it.

  --deliver        deliver meetings, kill a worker on the way, count, and end
  --meetings FILE  the meetings, one JSON object a line (default: sandbox/sample-meetings.jsonl)
  --no-sandbox     call real tenants of SuperOffice in place of the stand-in`;

const { values } = parseArgs({
  options: {
    deliver: { type: 'boolean', default: false },
    meetings: {
      type: 'string',
      default: fileURLToPath(new URL('../sandbox/sample-meetings.jsonl', import.meta.url)),
    },
    'no-sandbox': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else
  process.exitCode = await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  });

async function main(): Promise<number> {
  const stack = await startStack({
    folder: inProject('.data', 'stack'),
    sandbox: !values['no-sandbox'],
    report: (line) => console.log(line),
  });
  try {
    console.log(describe(stack));
    if (values.deliver) return await deliver(stack);
    console.log('\nCtrl-C ends it.');
    await Promise.race([
      once(process, 'SIGINT'),
      once(process, 'SIGTERM'),
      stack.temporal.failed,
      stack.temporalUi.failed,
    ]);
    console.log('Stopping …');
    return 0;
  } finally {
    await stack.close();
  }
}

async function deliver(stack: Stack): Promise<number> {
  const { sandbox } = stack;
  if (sandbox === undefined)
    throw new Error('--deliver counts in the sandbox, and --no-sandbox leaves it out.');
  const report = await deliverThroughCrash({ ...stack, sandbox }, values.meetings, (line) =>
    console.log(line),
  );
  console.log(`\n${tableOf(report)}\n`);
  console.log(
    `${report.answersLost} calls were under way in the killed worker: filed, and the answer lost ("duplicate").`,
  );
  console.log(verdictOf(report));
  return report.lost > 0 || report.duplicated > 0 || report.parked > 0 ? 1 : 0;
}

function describe(stack: Stack): string {
  const { databases, temporal, temporalUi, versions, api, workers, sandbox, folder } = stack;
  return `
PostgreSQL ${databases.version.padEnd(12)} ${databases.host}:${databases.port}
Temporal server ${versions.temporal.padEnd(7)} ${temporal.address}
Temporal UI ${versions.temporalUi.padEnd(11)} ${temporalUi.url}
API                     ${api.url} (pid ${api.pid})
workers                 pid ${workers.map(({ pid }) => pid).join(', ')}
SuperOffice             ${sandbox ? `the sandbox, ${sandbox.domain}` : 'real tenants'}
secrets, logs           ${folder}/.env, ${folder}/logs/
tests on this stack     env $(cat ${folder}/tests.env) npm test
`.trim();
}
