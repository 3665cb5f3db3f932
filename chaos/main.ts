import { randomInt } from 'node:crypto';
import { ProgressLine } from '../demo/progress.js';
import { inProject } from '../scripts/lib/project.mjs';
import { judge } from './flatness.js';
import { readOptions, usage } from './options.js';
import { type ChaosPlan, makePlan } from './plan.js';
import { describePlan } from './plan-text.js';
import { describeResult } from './report.js';
import { type Soak, writeResult } from './result-file.js';
import { type ChaosResult, type Listener, runChaos } from './run.js';
import { type Samples, startSampling } from './samples.js';
import { describeSoak } from './soak-text.js';
import { startStackGround, type StackVersions } from './stack-ground.js';
import { findingsOf, verdictOf } from './verdict.js';

const MAX_SEED = 1_000_000;
/** As many as docker-compose.yml has. */
const WORKERS = 2;
const folder = inProject('.data', 'chaos');

process.exitCode = await main().catch((error: unknown) => {
  console.error(error);
  // Callers that do not give up are still at it.
  process.exit(1);
});

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), () => randomInt(MAX_SEED));
  if (options === undefined) {
    console.log(usage);
    return 0;
  }
  const plan = makePlan({ ...options.plan, workers: WORKERS });
  console.log(`${describePlan(plan)}\n`);
  const { result, versions, samples } = await carryOut(plan, options.isSoak);
  const soak: Soak | undefined = samples && { samples, courses: judge(samples) };
  console.log(describeResult(plan, result));
  if (soak) console.log(`\n${describeSoak(soak.courses)}\n`);
  console.log(`All of it: ${await writeResult(folder, { plan, result, versions, ...(soak && { soak }) })}`);
  console.log(verdictOf(plan, result));
  const isFlat = soak?.courses.every((course) => course.isFlat) ?? true;
  return findingsOf(plan, result).length === 0 && isFlat ? 0 : 1;
}

async function carryOut(
  plan: ChaosPlan,
  isSoak: boolean,
): Promise<{ result: ChaosResult; versions: StackVersions; samples: Samples | undefined }> {
  const interruption = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => interruption.abort(new Error(`Ended by ${name}.`)));
  }
  const ground = await startStackGround(folder, (line) => console.log(line));
  const progress = new ProgressLine(process.stdout);
  let takeSamples: (() => Samples) | undefined;
  let samples: Samples | undefined;
  try {
    const listener: Listener = {
      say: (line) => progress.finish(line),
      progress: (line) => progress.show(line),
      ...(isSoak && {
        onStart: (supervisors) => (takeSamples = startSampling(supervisors)),
        onSubmitted: () => (samples = takeSamples?.()),
      }),
    };
    const result = await runChaos(plan, ground, listener, interruption.signal);
    return { result, versions: ground.versions, samples };
  } finally {
    takeSamples?.();
    await ground.close();
  }
}
