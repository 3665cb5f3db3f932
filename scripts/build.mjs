import { cpSync, existsSync, rmSync } from 'node:fs';
import { binOf } from './lib/bins.mjs';
import { buildPackages } from './lib/build-packages.mjs';
import { bundleWorkflows } from './lib/bundle-workflows.mjs';
import { inProject } from './lib/project.mjs';
import { pruneOutputs } from './lib/prune-outputs.mjs';
import { runChild } from './lib/run-child.mjs';
import { markBuilt } from './lib/staleness.mjs';

const startedAt = new Date();
pruneOutputs();
const code = await runChild(process.execPath, [binOf('typescript', 'tsc'), '-p', 'tsconfig.build.json']);
if (code !== 0) process.exit(code);

const codeOfPackages = await buildPackages();
if (codeOfPackages !== 0) process.exit(codeOfPackages);

for (const folder of ['store/migrations', 'api/pages/assets']) {
  const [source, target] = [inProject('src', folder), inProject('dist', folder)];
  rmSync(target, { recursive: true, force: true });
  if (existsSync(source)) cpSync(source, target, { recursive: true });
}

const bundled = await bundleWorkflows();
markBuilt(startedAt);
const seconds = ((Date.now() - startedAt.getTime()) / 1_000).toFixed(1);
console.log(
  `Built dist/${bundled ? ' and the workflow bundle' : ' (no workflows to bundle)'} in ${seconds} s.`,
);
