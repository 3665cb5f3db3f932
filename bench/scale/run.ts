import { clock } from '../arrivals.js';
import { createItems } from '../items.js';
import { type Engine, openPlace } from '../place.js';
import { measureBacklog } from './backlog.js';
import { measureNeighbour } from './neighbour.js';
import type { Part, PartResult, ScaleSize } from './part.js';
import { measureTenants } from './tenants.js';
import { measureWorkers } from './workers.js';

const parts: Record<string, Part> = {
  workers: measureWorkers,
  tenants: measureTenants,
  backlog: measureBacklog,
  neighbour: measureNeighbour,
};

/** In the order in which they are measured. */
export const partNames = Object.keys(parts);

export interface ScaleOptions {
  engine: Engine;
  folder: string;
  size: ScaleSize;
  /** A JSONL file. */
  meetings: string;
  report: (line: string) => void;
}

/** What a part measured, and on what. */
export interface ScaleResult extends PartResult {
  part: string;
  engine: Engine;
  temporal: string;
  postgres: string;
  /** How long it took, in seconds. */
  seconds: number;
}

/** Measures one part on a server and a database of its own. */
export async function runPart(name: string, options: ScaleOptions): Promise<ScaleResult> {
  const measure = parts[name];
  if (measure === undefined) throw new Error(`There is no part "${name}".`);
  const { engine, folder, size, meetings, report } = options;
  const startedAt = clock();
  const place = await openPlace(engine, `${folder}/${name}`, report);
  try {
    const result = await measure({ place, size, nextItems: createItems(meetings), report });
    return {
      part: name,
      engine,
      temporal: place.temporal.version,
      postgres: place.databases.version,
      seconds: Math.round((clock() - startedAt) / 1_000),
      ...result,
    };
  } finally {
    await place.stop();
  }
}
