import { z } from 'zod';

const dependencyState = z.enum(['up', 'away']);

export const readinessSchema = z
  .object({
    temporal: dependencyState,
    database: dependencyState,
    worker: dependencyState
      .optional()
      .describe('Only of a process with a worker: whether it asks Temporal for work.'),
  })
  .meta({ id: 'Readiness', examples: [{ temporal: 'up', database: 'up', worker: 'up' }] });

/** What a process depends on, and whether it is there. */
export type Readiness = z.output<typeof readinessSchema>;

/** Each fails while the dependency is away. */
export interface ReadinessChecks {
  temporal: () => Promise<void>;
  database: () => Promise<void>;
  /** Only of a process with a worker. */
  worker?: (() => Promise<void>) | undefined;
}

/** A dependency that is silent for so long is away, in milliseconds. */
const CHECK_TIMEOUT_MS = 3_000;

/** Asks everything at once; takes three seconds at most. */
export async function readinessOf({ temporal, database, worker }: ReadinessChecks): Promise<Readiness> {
  const [temporalState, databaseState, workerState] = await Promise.all([
    stateOf(temporal),
    stateOf(database),
    worker && stateOf(worker),
  ]);
  return {
    temporal: temporalState,
    database: databaseState,
    ...(workerState !== undefined && { worker: workerState }),
  };
}

/** Whether nothing is away. */
export function isReady(readiness: Readiness): boolean {
  return Object.values(readiness).every((state) => state === 'up');
}

async function stateOf(check: () => Promise<void>): Promise<z.output<typeof dependencyState>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('late')), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), late]);
    return 'up';
  } catch {
    return 'away';
  } finally {
    clearTimeout(timer);
  }
}
