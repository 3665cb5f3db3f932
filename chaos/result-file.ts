import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Course } from './flatness.js';
import type { ChaosPlan } from './plan.js';
import type { ChaosResult } from './run.js';
import type { Samples } from './samples.js';
import type { StackVersions } from './stack-ground.js';
import { findingsOf, verdictOf } from './verdict.js';

/** What a soak measured, and how it is judged. */
export interface Soak {
  samples: Samples;
  courses: Course[];
}

/** Writes all of a run as JSON: the name of the file. */
export async function writeResult(
  folder: string,
  {
    plan,
    result,
    versions,
    soak,
  }: { plan: ChaosPlan; result: ChaosResult; versions: StackVersions; soak?: Soak },
): Promise<string> {
  const at = new Date().toISOString();
  const file = join(
    folder,
    `${soak ? 'soak' : 'run'}-${at.slice(0, 19).replaceAll(':', '')}-seed-${plan.seed}.json`,
  );
  const { owners: _, refused, cancelled, ...planned } = plan;
  const content = {
    at,
    verdict: verdictOf(plan, result),
    findings: findingsOf(plan, result),
    machine: {
      processors: cpus().length,
      model: cpus()[0]?.model,
      memory: totalmem(),
      node: process.version,
    },
    versions,
    plan: { ...planned, refused: [...refused], cancelled: [...cancelled] },
    result,
    ...(soak && { soak: { courses: soak.courses, samples: Object.fromEntries(soak.samples) } }),
  };
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`);
  return file;
}
