import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { curlCommand } from './curl-command.js';
import { runDemo } from './run-demo.js';
import { tableOf, verdictOf } from './report.js';

const usage = `Usage: npm run demo -- [--meetings FILE.jsonl] [--json FILE] [--stay]

  --meetings FILE  the meetings to deliver, one JSON object a line (default: sandbox/sample-meetings.jsonl)
  --json FILE      write the result there as JSON, too
  --stay           keep everything running afterwards, to look around`;

const { values } = parseArgs({
  options: {
    meetings: {
      type: 'string',
      default: fileURLToPath(new URL('../sandbox/sample-meetings.jsonl', import.meta.url)),
    },
    json: { type: 'string' },
    stay: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  const demo = await runDemo(values.meetings, (line) => console.log(line));
  const { report, service, tenantId, dataDir } = demo;
  const hasFailed = report.lost > 0 || report.duplicated > 0;

  console.log(`\n${tableOf(report)}\n`);
  console.log(`Temporal UI  ${service.temporalUi ?? 'that of your Temporal server'}`);
  console.log(`Operations   ${service.url}/operators`);
  console.log(`Settings     ${service.url}/v1/tenants/${tenantId}/connections/superoffice`);
  if (!values.stay) console.log('             (they end with the demo; with --stay they keep running)');
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  if (hasFailed) console.log(`Log          ${dataDir}/service.log`);
  console.log(`\n${verdictOf(report)}`);

  if (values.stay) {
    const command = curlCommand({ url: service.url, tenantId, token: demo.apiToken });
    console.log(
      `\nStill running. Hand a summary in, from another terminal:\n\n${command}\n\nCtrl-C ends it.`,
    );
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  }
  await demo.close(hasFailed);
  return hasFailed ? 1 : 0;
}
