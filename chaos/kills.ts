import type { Clock } from './clock.js';
import type { PlannedKill } from './plan.js';
import type { Supervisor } from './supervisor.js';

/** Kills by plan; a process that is just being started is killed as soon as it is ready. */
export async function killByPlan(
  kills: readonly PlannedKill[],
  supervisors: ReadonlyMap<string, Supervisor>,
  clock: Clock,
  say: (line: string) => void,
): Promise<void> {
  const killOne = async ({ second, process }: PlannedKill) => {
    const supervisor = supervisors.get(process);
    if (!supervisor) throw new Error(`The plan kills ${process}, which is not there.`);
    await clock.until(second);
    await supervisor.kill();
    say(`killed ${process}`);
  };
  // Each on its own: one that waits for its process holds up no other.
  await Promise.all(kills.map(killOne));
}
