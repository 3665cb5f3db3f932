import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inProject } from '../../scripts/lib/project.mjs';
import { checkChart } from './chart.js';
import { checkCompose } from './compose.js';
import { checkImage } from './image.js';
import { ensurePythonTools } from './python-tools.js';
import { run } from './run.js';

const usage = `Usage: npm run check:deploy -- [--image]

Checks what is deployed, with the tools of each format: docker-compose.yml, the Dockerfile, the scripts and the chart.
Needs Go and Python. What it installs is kept in the user's cache.

  --image   also build what the Dockerfile builds, in empty folders, and run it`;

const { values } = parseArgs({
  options: { image: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});

if (values.help) console.log(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  const report = (line: string) => console.log(line);
  const tools = await ensurePythonTools(report);
  const scripts = readdirSync(inProject('deploy')).filter((name) => name.endsWith('.sh'));
  const checks: [what: string, check: () => Promise<unknown>][] = [
    ['docker-compose.yml, by the loader of "docker compose"', checkCompose],
    ['Dockerfile, by hadolint', () => run(join(tools, 'hadolint'), ['Dockerfile'])],
    [
      'scripts, by ShellCheck',
      () => run(join(tools, 'shellcheck'), ['.ci/run', ...scripts.map((name) => join('deploy', name))]),
    ],
    ['chart, by Helm and the schemas of Kubernetes', () => checkChart(tools, report)],
  ];
  if (values.image) checks.push(['what the Dockerfile builds, run', () => checkImage(report)]);
  let failed = 0;
  for (const [what, check] of checks) {
    const startedAt = Date.now();
    const problem = await check().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
    console.log(`${problem === undefined ? 'ok     ' : 'FAILED '} ${what} (${seconds} s)`);
    if (problem === undefined) continue;
    failed += 1;
    console.log(problem);
  }
  return failed === 0 ? 0 : 1;
}
